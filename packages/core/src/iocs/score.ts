import { dayMs } from "../lib";
import type { Confidence, IocType } from "../values";
import { confidenceLevels, type RiskLevel, recencySteps, riskFormula, riskLevels } from "./risk-formula";

/** What a score is made from. */
export type RiskFacts = {
  readonly type: IocType;
  /** What the surest source says of itself. */
  readonly stated: Confidence;
  /** The best source's, 0 to 100. */
  readonly reputation: number;
  readonly sourcesCount: number;
  readonly lastSeen: Date;
  /** In lower case, as it is stored. */
  readonly threatType: string | null;
  readonly malwareFamily: string | null;
  /** Names of the warninglists that the value is on. */
  readonly warnings: readonly string[];
  /** No source stands for it any more. */
  readonly withdrawn: boolean;
};
/** One summand of a score: `weight` of at most `most` points, and why. What only takes away has 0 as its most. */
export type RiskFactor = { name: string; weight: number; most: number; why: string };
export type Risk = { score: number; level: RiskLevel; confidence: Confidence; factors: RiskFactor[] };

/** The score at a time, 0 to 100, with the factors that add up to it, and the confidence that goes with it. */
export function scoreRisk(facts: RiskFacts, now: Date): Risk {
  const factors = [...sureness(facts), recency(facts, now), threat(facts), family(facts)];
  const warned = facts.warnings.length > 0;
  if (warned)
    factors.push(share("warninglists", factors, riskFormula.keptOnWarninglist, `on ${listed(facts.warnings)}`));
  if (facts.withdrawn) {
    const why = "no source stands for it any more";
    factors.push(share("withdrawn", factors, riskFormula.keptWhenWithdrawn, why));
  }
  const score = sum(factors);
  return { score, level: levelOf(score), confidence: confidenceOf(facts), factors };
}

export function levelOf(score: number): RiskLevel {
  return riskLevels.find(({ from }) => score >= from)?.level ?? "low";
}

function confidenceOf(facts: RiskFacts): Confidence {
  const points = sum(sureness(facts));
  const sure = facts.warnings.length > 0 ? kept(points, riskFormula.keptOnWarninglist) : points;
  return confidenceLevels.find(({ from }) => sure >= from)?.confidence ?? "low";
}

/** The factors that say how sure the sources are, whatever it is that they report. */
function sureness({ stated, reputation, sourcesCount }: RiskFacts): RiskFactor[] {
  const trust = riskFormula.reputation.find(({ atLeast }) => reputation >= atLeast);
  const others = riskFormula.corroboration.find(({ atLeast }) => sourcesCount >= atLeast);
  return [
    {
      name: "confidence",
      weight: riskFormula.confidence[stated],
      most: riskFormula.confidence.high,
      why: `reported with ${stated} confidence`,
    },
    {
      name: "reputation",
      weight: trust?.points ?? 0,
      most: riskFormula.reputation[0].points,
      why: `the best source's reputation is ${reputation} of 100`,
    },
    {
      name: "corroboration",
      weight: others?.points ?? 0,
      most: riskFormula.corroboration[0].points,
      why: `${sourcesCount} source${sourcesCount === 1 ? "" : "s"}`,
    },
  ];
}

function recency({ type, lastSeen }: RiskFacts, now: Date): RiskFactor {
  const age = now.getTime() - lastSeen.getTime();
  const step = recencySteps[type].find(({ withinDays }) => withinDays === null || age <= withinDays * dayMs);
  const most = recencySteps[type][0]?.points ?? 0;
  return { name: "recency", weight: step?.points ?? 0, most, why: `last seen ${daysAgo(age)}` };
}

function threat({ threatType }: RiskFacts): RiskFactor {
  const text = threatType ?? "";
  const kind = riskFormula.threat.find(({ words }) => words.some((word) => text.includes(word)));
  return {
    name: "threat",
    weight: kind?.points ?? riskFormula.otherThreat,
    most: riskFormula.threat[0].points,
    why: kind?.kind ?? "no particular kind",
  };
}

function family({ malwareFamily }: RiskFacts): RiskFactor {
  const most = riskFormula.family;
  return malwareFamily === null
    ? { name: "family", weight: 0, most, why: "no malware family named" }
    : { name: "family", weight: most, most, why: `attributed to ${malwareFamily}` };
}

/** What is taken away so that of every 100 points so far `keep` stay. */
function share(name: string, factors: readonly RiskFactor[], keep: number, why: string): RiskFactor {
  const before = sum(factors);
  return { name, weight: kept(before, keep) - before, most: 0, why };
}

const kept = (points: number, keep: number) => Math.floor((points * keep) / 100);
const sum = (factors: readonly RiskFactor[]) => factors.reduce((total, { weight }) => total + weight, 0);

function listed(warnings: readonly string[]): string {
  const [first = "", ...rest] = warnings;
  return rest.length === 0 ? `the warninglist ${first}` : `the warninglists ${[first, ...rest].join(", ")}`;
}

function daysAgo(age: number): string {
  const days = Math.floor(age / dayMs);
  return days < 1 ? "within a day" : days === 1 ? "a day ago" : `${days} days ago`;
}
