import type { Confidence } from "./observation";

/**
 * The risk score as data: each factor gives points, they add up to at most 100, and the statement that ingests scores
 * by the same figures (`riskScoreSql`). Documented in docs/operations.md by these very names.
 */
export const riskFormula = {
  /** The most confident source's. */
  confidence: { low: 10, medium: 25, high: 40 },
  /** Sources that report it. */
  sources: [
    { atLeast: 5, points: 20 },
    { atLeast: 3, points: 15 },
    { atLeast: 2, points: 10 },
    { atLeast: 1, points: 5 },
  ],
  /** Days since a source last saw it. */
  recency: [
    { withinDays: 1, points: 20 },
    { withinDays: 7, points: 15 },
    { withinDays: 30, points: 10 },
    { withinDays: 90, points: 5 },
  ],
  /** What it does, by words in the source's threat type; the first kind that fits counts. */
  threat: [
    { kind: "command and control", words: ["c2", "cnc", "command", "botnet", "_cc"], points: 15 },
    { kind: "ransomware", words: ["ransom", "wiper"], points: 15 },
    { kind: "malware", words: ["malware", "payload", "trojan", "stealer", "rat", "loader", "exploit"], points: 13 },
    { kind: "phishing", words: ["phish", "credential", "scam", "fraud"], points: 11 },
    { kind: "attack", words: ["brute", "attack", "ddos", "intrusion"], points: 9 },
    { kind: "scanning or spam", words: ["scan", "spam", "probe"], points: 5 },
  ],
  /** When no kind fits. */
  otherThreat: 7,
  /** A source names the malware family. */
  family: 5,
} as const;

/** The least score of each level, highest first. */
export const riskLevels = [
  { level: "critical", from: 85 },
  { level: "high", from: 65 },
  { level: "medium", from: 40 },
  { level: "low", from: 0 },
] as const;
export type RiskLevel = (typeof riskLevels)[number]["level"];

export type RiskFacts = {
  readonly confidence: Confidence;
  readonly sourcesCount: number;
  readonly lastSeen: Date;
  /** In lower case, as it is held. */
  readonly threatType: string | null;
  readonly malwareFamily: string | null;
};
/** One summand of a score: `weight` of at most `most` points, and why. */
export type RiskFactor = { name: string; weight: number; most: number; why: string };
export type Risk = { score: number; level: RiskLevel; factors: RiskFactor[] };

const day = 86_400_000;

/** The score at a time, with the factors that add up to it. */
export function scoreRisk(facts: RiskFacts, now: Date): Risk {
  const { confidence, sourcesCount } = facts;
  const age = now.getTime() - facts.lastSeen.getTime();
  const recency = riskFormula.recency.find(({ withinDays }) => age <= withinDays * day);
  const sources = riskFormula.sources.find(({ atLeast }) => sourcesCount >= atLeast);
  const text = facts.threatType ?? "";
  const threat = riskFormula.threat.find(({ words }) => words.some((word) => text.includes(word)));
  const factors: RiskFactor[] = [
    {
      name: "confidence",
      weight: riskFormula.confidence[confidence],
      most: 40,
      why: `reported with ${confidence} confidence`,
    },
    {
      name: "sources",
      weight: sources?.points ?? 0,
      most: 20,
      why: `${sourcesCount} source${sourcesCount === 1 ? "" : "s"}`,
    },
    { name: "recency", weight: recency?.points ?? 0, most: 20, why: `last seen ${daysAgo(age)}` },
    {
      name: "threat",
      weight: threat?.points ?? riskFormula.otherThreat,
      most: 15,
      why: threat?.kind ?? "no particular kind",
    },
    facts.malwareFamily === null
      ? { name: "family", weight: 0, most: 5, why: "no malware family named" }
      : { name: "family", weight: riskFormula.family, most: 5, why: `attributed to ${facts.malwareFamily}` },
  ];
  const score = factors.reduce((sum, { weight }) => sum + weight, 0);
  return { score, level: levelOf(score), factors };
}

export function levelOf(score: number): RiskLevel {
  return riskLevels.find(({ from }) => score >= from)?.level ?? "low";
}

/** SQL expressions for the facts; `confidence` is 1 low, 2 medium, 3 high, and `now` a timestamptz. */
export type RiskColumns = Record<keyof RiskFacts | "now", string>;

/** The same score as one SQL expression. */
export function riskScoreSql(columns: RiskColumns): string {
  const { confidence, recency, sources, threat } = riskFormula;
  const text = columns.threatType;
  const kinds = threat.map(({ words, points }) => {
    const fits = words.map((word) => `position('${word}' in ${text}) > 0`).join(" OR ");
    return `WHEN ${fits} THEN ${points}`;
  });
  return `(
    CASE ${columns.confidence} WHEN 1 THEN ${confidence.low} WHEN 2 THEN ${confidence.medium} ELSE ${confidence.high} END
    + CASE ${sources.map(({ atLeast, points }) => `WHEN ${columns.sourcesCount} >= ${atLeast} THEN ${points}`).join(" ")} ELSE 0 END
    + CASE ${recency
      .map(({ withinDays, points }) => {
        // Hours, since a day of an interval has no fixed length.
        return `WHEN ${columns.now} - ${columns.lastSeen} <= interval '${withinDays * 24} hours' THEN ${points}`;
      })
      .join(" ")} ELSE 0 END
    + CASE WHEN ${columns.threatType} IS NULL THEN ${riskFormula.otherThreat} ${kinds.join(" ")} ELSE ${riskFormula.otherThreat} END
    + CASE WHEN ${columns.malwareFamily} IS NULL THEN 0 ELSE ${riskFormula.family} END
  )`;
}

function daysAgo(age: number): string {
  const days = Math.floor(age / day);
  return days < 1 ? "within a day" : days === 1 ? "a day ago" : `${days} days ago`;
}
