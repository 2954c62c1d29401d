import { eachIocType } from "../values";

/**
 * The risk score as data. Five factors add at most 100 points; two more take away a share of what stands before them,
 * so that a score is never cut to fit. `scoreRisk` and the statements of the database (`riskScoreSql`) read these
 * figures; docs/operations.md shows them.
 */
export const riskFormula = {
  /** What the surest source says of itself. */
  confidence: { low: 5, medium: 15, high: 25 },
  /** The best source's reputation, 0 to 100. */
  reputation: [
    { atLeast: 85, points: 15 },
    { atLeast: 70, points: 12 },
    { atLeast: 55, points: 10 },
    { atLeast: 40, points: 7 },
    { atLeast: 0, points: 3 },
  ],
  /** Sources that have reported it. */
  corroboration: [
    { atLeast: 5, points: 15 },
    { atLeast: 3, points: 10 },
    { atLeast: 2, points: 6 },
  ],
  /** What it does, by words in the source's threat type; the first kind that fits counts. */
  threat: [
    { kind: "ransomware", words: ["ransom", "wiper"], points: 20 },
    { kind: "command and control", words: ["c2", "c&c", "cnc", "command", "botnet", "_cc"], points: 20 },
    {
      kind: "malware",
      words: ["malware", "payload", "trojan", "stealer", "backdoor", "loader", "dropper", "spyware", "stalkerware"],
      points: 17,
    },
    { kind: "exploited in the wild", words: ["exploit", "vulnerab"], points: 17 },
    { kind: "phishing", words: ["phish", "credential", "scam", "fraud"], points: 14 },
    { kind: "attack", words: ["brute", "attack", "ddos", "intrusion"], points: 11 },
    { kind: "scanning or spam", words: ["scan", "spam", "probe"], points: 6 },
    { kind: "anonymiser", words: ["tor-exit", "proxy", "vpn"], points: 2 },
  ],
  /** When no kind fits. */
  otherThreat: 7,
  /** A source names the malware family. */
  family: 5,
  /** Of 100 points so far, how many stay when the value is on a warninglist: less than the level medium begins with. */
  keptOnWarninglist: 30,
  /** Of 100 points so far, how many stay when no source stands for the value any more. */
  keptWhenWithdrawn: 50,
} as const;

/** Points by days since a source last saw it. */
export const recencySteps = eachIocType((entry) => entry.recency);

/** The least score of each level, highest first. */
export const riskLevels = [
  { level: "critical", from: 85 },
  { level: "high", from: 65 },
  { level: "medium", from: 40 },
  { level: "low", from: 0 },
] as const;
export type RiskLevel = (typeof riskLevels)[number]["level"];

/**
 * How sure we are: the least sum of the points for confidence, reputation and corroboration, less what a warninglist
 * takes away, of each level, highest first. Time changes how bad a thing is today, not how sure we are that it was.
 */
export const confidenceLevels = [
  { confidence: "high", from: 32 },
  { confidence: "medium", from: 21 },
  { confidence: "low", from: 0 },
] as const;
