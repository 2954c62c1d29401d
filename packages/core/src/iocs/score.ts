import { dayMs } from "../lib";
import type { Confidence, IocType } from "../values";
import { confidenceLevels, type RiskLevel, recencySteps, riskFormula, riskLevels } from "./risk-formula";

/** What a score is made from. */
export type RiskFacts = {
  readonly type: IocType;
  readonly value: string;
  /** What the surest source says of itself. */
  readonly stated: Confidence;
  /** The same as a figure, 0 to 100; null where only the word is kept. */
  readonly certainty: number | null;
  /** The best source's, 0 to 100. */
  readonly reputation: number;
  /** How many report it, those that repeat each other counted once. */
  readonly independentSources: number;
  /** Whether it answered when a source last looked; null where none looks. */
  readonly active: boolean | null;
  /** Others of its host or its /24 that a source lists along with it. */
  readonly company: number;
  readonly firstSeen: Date;
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
  const factors = [
    ...sureness(facts),
    recency(facts, now),
    age(facts),
    threat(facts),
    family(facts),
    activity(facts),
    company(facts),
    look(facts),
  ];
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
function sureness({ stated, certainty, reputation, independentSources }: RiskFacts): RiskFactor[] {
  const word = riskFormula.certaintyOf[stated];
  const sure = certainty ?? word;
  return [
    {
      name: "confidence",
      weight: pointsFor(sure, riskFormula.confidence),
      most: riskFormula.confidence[0].points,
      why: `reported with ${sure === word ? `${stated} confidence` : `a confidence of ${sure} of 100`}`,
    },
    {
      name: "reputation",
      weight: pointsFor(reputation, riskFormula.reputation),
      most: riskFormula.reputation[0].points,
      why: `the best source's reputation is ${reputation} of 100`,
    },
    {
      name: "corroboration",
      weight: pointsFor(independentSources, riskFormula.corroboration),
      most: riskFormula.corroboration[0].points,
      why: `${independentSources} independent source${independentSources === 1 ? "" : "s"}`,
    },
  ];
}

function pointsFor(figure: number, table: readonly { atLeast: number; points: number }[]): number {
  return table.find(({ atLeast }) => figure >= atLeast)?.points ?? 0;
}

function recency({ type, lastSeen }: RiskFacts, now: Date): RiskFactor {
  const age = now.getTime() - lastSeen.getTime();
  const step = recencySteps[type].find(({ withinDays }) => withinDays === null || age <= withinDays * dayMs);
  const most = recencySteps[type][0]?.points ?? 0;
  return { name: "recency", weight: step?.points ?? 0, most, why: `last seen ${daysAgo(age)}` };
}

function age({ firstSeen, lastSeen }: RiskFacts): RiskFactor {
  const span = lastSeen.getTime() - firstSeen.getTime();
  const step = riskFormula.age.find(({ withinDays }) => span <= withinDays * dayMs);
  const days = Math.floor(span / dayMs);
  const why =
    days < 1
      ? "first seen no day before"
      : `first seen ${days === 1 ? "a day" : `${days} days`} before it was last seen`;
  return { name: "age", weight: step?.points ?? 0, most: riskFormula.age[0].points, why };
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

function activity({ active }: RiskFacts): RiskFactor {
  const state = active === null ? "unknown" : active ? "online" : "offline";
  const why = { unknown: "no source looks whether it answers", online: "it answered", offline: "it did not answer" };
  return {
    name: "activity",
    weight: riskFormula.activity[state],
    most: riskFormula.activity.online,
    why: active === null ? why.unknown : `${why[state]} when a source last looked`,
  };
}

function company({ type, company: others }: RiskFacts): RiskFactor {
  const about = `of its ${type === "url" ? "host" : "network"} beside it`;
  const why =
    type !== "url" && type !== "ipv4"
      ? "it has neither host nor network"
      : others === 0
        ? `no source lists others ${about}`
        : `a source lists ${others === 1 ? "another" : `${others} others`} ${about}`;
  return { name: "company", weight: pointsFor(others, riskFormula.company), most: riskFormula.company[0].points, why };
}

const patterns = riskFormula.looks.map(({ types, pattern }) => ({
  types: new Set<IocType>(types),
  pattern: pattern === "" ? null : new RegExp(pattern),
}));
const mostLook = Math.max(...riskFormula.looks.map(({ points }) => points));

function look({ type, value }: RiskFacts): RiskFactor {
  const at = patterns.findIndex(({ types, pattern }) => types.has(type) && (pattern?.test(value) ?? true));
  const found = riskFormula.looks[at];
  return {
    name: "value",
    weight: found?.points ?? riskFormula.otherLook,
    most: mostLook,
    why: found?.look ?? "nothing that the value itself tells",
  };
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
