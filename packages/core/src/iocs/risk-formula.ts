import { eachIocType } from "../values";

/** Before the host of a URL; nothing before a domain. */
const scheme = "^(?:[a-z]+://)?";

/**
 * The risk score as data. Ten factors add at most 100 points; two more take away a share of what stands before them,
 * so that a score is never cut to fit. `scoreRisk` and the statements of the database (`riskScoreSql`) read these
 * figures; docs/operations.md shows them. Points are few and coarse on purpose: each score is a facet of its own in lists.
 */
export const riskFormula = {
  /** How sure the surest source is of this very record, 0 to 100. */
  confidence: [
    { atLeast: 98, points: 21 },
    { atLeast: 85, points: 20 },
    { atLeast: 75, points: 18 },
    { atLeast: 65, points: 16 },
    { atLeast: 55, points: 14 },
    { atLeast: 45, points: 12 },
    { atLeast: 35, points: 10 },
    { atLeast: 25, points: 7 },
    { atLeast: 10, points: 4 },
    { atLeast: 0, points: 2 },
  ],
  /** What a word of a source comes to where it gives no figure: the middles of STIX's ranges Low, Med and High. */
  certaintyOf: { low: 15, medium: 50, high: 85 },
  /** The best source's reputation, 0 to 100, with its record here. */
  reputation: [
    { atLeast: 85, points: 12 },
    { atLeast: 70, points: 10 },
    { atLeast: 55, points: 8 },
    { atLeast: 40, points: 6 },
    { atLeast: 0, points: 3 },
  ],
  /** Independent sources that have reported it. */
  corroboration: [
    { atLeast: 5, points: 12 },
    { atLeast: 3, points: 8 },
    { atLeast: 2, points: 5 },
  ],
  /** What it does, by words in the source's threat type; the first kind that fits counts. */
  threat: [
    { kind: "ransomware", words: ["ransom", "wiper"], points: 12 },
    { kind: "command and control", words: ["c2", "c&c", "cnc", "command", "botnet", "_cc"], points: 12 },
    {
      kind: "malware",
      words: ["malware", "payload", "trojan", "stealer", "backdoor", "loader", "dropper", "spyware", "stalkerware"],
      points: 10,
    },
    { kind: "exploited in the wild", words: ["exploit", "vulnerab"], points: 10 },
    { kind: "phishing", words: ["phish", "credential", "scam", "fraud"], points: 9 },
    { kind: "attack", words: ["brute", "attack", "ddos", "intrusion"], points: 8 },
    { kind: "scanning or spam", words: ["scan", "spam", "probe"], points: 4 },
    { kind: "anonymiser", words: ["tor-exit", "proxy", "vpn"], points: 1 },
  ],
  /** When no kind fits. */
  otherThreat: 5,
  /** A source names the malware family. */
  family: 2,
  /** Whether it answered when a source that looks at it last did. */
  activity: { online: 4, unknown: 2, offline: 0 },
  /** Others of its host, or of its /24, that the same source lists along with it. */
  company: [
    { atLeast: 5, points: 3 },
    { atLeast: 2, points: 2 },
    { atLeast: 1, points: 1 },
  ],
  /** Days from when a source first saw it until one last did: a report of today is worth more than what is carried along. */
  age: [
    { withinDays: 7, points: 4 },
    { withinDays: 60, points: 3 },
    { withinDays: 300, points: 2 },
    { withinDays: 730, points: 1 },
  ],
  /**
   * What the value itself is like; the first that fits counts. The patterns are read by JavaScript and by PostgreSQL alike,
   * and each in one pass.
   */
  looks: [
    { look: "a hash, which means one file alone", types: ["md5", "sha1", "sha256", "sha512"], pattern: "", points: 6 },
    {
      look: "a URL on an address, without a name",
      types: ["url"],
      pattern: "^[a-z]+://[0-9.]+(?:[:/]|$)",
      points: 10,
    },
    {
      look: "a name as machines make them: long, or with many digits, hyphens or parts",
      types: ["url", "domain"],
      pattern: `${scheme}(?:(?:[^/:0-9]*[0-9]){3}|(?:[^/:-]*-){2}|(?:[^/:.]*[.]){3}|[^/:]{24})`,
      points: 10,
    },
    {
      look: "a name with a digit or a hyphen, or a longer one",
      types: ["url", "domain"],
      pattern: `${scheme}(?:[^/:0-9-]*[0-9-]|[^/:]{20})`,
      points: 6,
    },
    { look: "a short, plain name, as well-known sites have them", types: ["url", "domain"], pattern: "", points: 0 },
    { look: "a network, which holds many machines", types: ["ipv4", "ipv6"], pattern: "/", points: 3 },
    { look: "one address", types: ["ipv4", "ipv6"], pattern: "", points: 6 },
  ],
  /** When none fits. */
  otherLook: 4,
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
  { confidence: "high", from: 26 },
  { confidence: "medium", from: 17 },
  { confidence: "low", from: 0 },
] as const;
