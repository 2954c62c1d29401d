import { type Confidence, confidences, type IocType, iocTypes } from "../values";
import { confidenceLevels, recencySteps, riskFormula } from "./risk-formula";

/**
 * SQL expressions for the facts: `type` and `value` text, `stated` 1 low, 2 medium, 3 high, `certainty` a number or null,
 * `reputation`, `independentSources` and `company` numbers, `active` boolean or null, `firstSeen`, `lastSeen` and `now` timestamptz, `threatType` and `malwareFamily` text, `warnings` text[], `withdrawn` boolean.
 */
export type RiskColumns = Record<
  | "type"
  | "value"
  | "stated"
  | "certainty"
  | "reputation"
  | "independentSources"
  | "active"
  | "company"
  | "firstSeen"
  | "lastSeen"
  | "threatType"
  | "malwareFamily"
  | "warnings"
  | "withdrawn"
  | "now",
  string
>;

/** What the row `ioc` says of itself; `now` is each statement's own. */
export const storedColumns = {
  type: "ioc.type",
  value: "ioc.value",
  stated: "ioc.stated",
  certainty: "ioc.certainty",
  reputation: "ioc.reputation",
  independentSources: "COALESCE(ioc.independent_sources, ioc.sources_count)",
  active: "ioc.active",
  company: "ioc.company",
  firstSeen: "ioc.first_seen",
  lastSeen: "ioc.last_seen",
  threatType: "ioc.threat_type",
  malwareFamily: "ioc.malware_family",
  warnings: "ioc.warnings",
  withdrawn: "(ioc.withdrawn_at IS NOT NULL)",
} as const satisfies Omit<RiskColumns, "now">;

/** `scoreRisk`'s score as one SQL expression. */
export function riskScoreSql(columns: RiskColumns): string {
  const sum = `(${sureness(columns)} + ${recency(columns)} + ${age(columns)} + ${threat(columns.threatType)}
    + CASE WHEN ${columns.malwareFamily} IS NULL THEN 0 ELSE ${riskFormula.family} END + ${activity(columns.active)}
    + ${steps(columns.company, riskFormula.company)} + ${look(columns)})`;
  const kept = `${onWarninglist(columns, sum)}`;
  return `(${kept} * CASE WHEN ${columns.withdrawn} THEN ${riskFormula.keptWhenWithdrawn} ELSE 100 END / 100)`;
}

/** How sure a source is, 0 to 100: its figure, or else what its word comes to. */
export function certaintySql(certainty: string, stated: string): string {
  const words = confidences.map((word, index) => `WHEN ${index + 1} THEN ${riskFormula.certaintyOf[word]}`);
  return `COALESCE(${certainty}, CASE ${stated} ${words.join(" ")} END)`;
}

/** `scoreRisk`'s confidence as one SQL expression, 1 to 3. */
export function confidenceSql(columns: RiskColumns): string {
  const points = onWarninglist(columns, sureness(columns));
  const above = confidenceLevels.filter(({ from }) => from > 0).map(({ from }) => `(${points} >= ${from})::int`);
  return `(1 + ${above.join(" + ")})::int2`;
}

/** When a type's recency takes its next step: a timestamptz after `now`, or null after the last one. */
export function nextStepSql({ type, lastSeen, now }: Pick<RiskColumns, "type" | "lastSeen" | "now">): string {
  return byType(type, (steps) => {
    const ends = steps.flatMap(({ withinDays }) => (withinDays === null ? [] : [interval(withinDays)]));
    if (ends.length === 0) return "NULL::timestamptz";
    return `${lastSeen} + CASE ${ends.map((end) => `WHEN ${now} - ${lastSeen} <= ${end} THEN ${end}`).join(" ")} END`;
  });
}

function onWarninglist({ warnings }: RiskColumns, points: string): string {
  return `(${points} * CASE WHEN cardinality(${warnings}) > 0 THEN ${riskFormula.keptOnWarninglist} ELSE 100 END / 100)`;
}

function sureness({ stated, certainty, reputation, independentSources }: RiskColumns): string {
  const words = confidences.map((word, index) => `WHEN ${index + 1} THEN ${pointsOf(word)}`);
  return `(CASE WHEN ${certainty} IS NULL THEN CASE ${stated} ${words.join(" ")} END
      ELSE ${steps(certainty, riskFormula.confidence)} END
    + ${steps(reputation, riskFormula.reputation)} + ${steps(independentSources, riskFormula.corroboration)})`;
}

function pointsOf(word: Confidence): number {
  return riskFormula.confidence.find(({ atLeast }) => riskFormula.certaintyOf[word] >= atLeast)?.points ?? 0;
}

function activity(active: string): string {
  const { online, unknown, offline } = riskFormula.activity;
  return `CASE ${active} WHEN true THEN ${online} WHEN false THEN ${offline} ELSE ${unknown} END`;
}

function look({ type, value }: Pick<RiskColumns, "type" | "value">): string {
  const looks = riskFormula.looks.map(({ types, pattern, points }) => {
    const fits = pattern === "" ? "" : ` AND ${value} ~ ${quoted(pattern)}`;
    return `WHEN ${type} IN (${types.map(quoted).join(", ")})${fits} THEN ${points}`;
  });
  return `CASE ${looks.join("\n      ")} ELSE ${riskFormula.otherLook} END`;
}

function steps(column: string, table: readonly { atLeast: number; points: number }[]): string {
  return `CASE ${table.map(({ atLeast, points }) => `WHEN ${column} >= ${atLeast} THEN ${points}`).join(" ")} ELSE 0 END`;
}

function recency({ type, lastSeen, now }: RiskColumns): string {
  return byType(type, (table) => {
    const cases = table.map(({ withinDays, points }) =>
      withinDays === null
        ? `WHEN true THEN ${points}`
        : `WHEN ${now} - ${lastSeen} <= ${interval(withinDays)} THEN ${points}`,
    );
    return `CASE ${cases.join(" ")} ELSE 0 END`;
  });
}

function age({ firstSeen, lastSeen }: RiskColumns): string {
  const cases = riskFormula.age.map(
    ({ withinDays, points }) => `WHEN ${lastSeen} - ${firstSeen} <= ${interval(withinDays)} THEN ${points}`,
  );
  return `CASE ${cases.join(" ")} ELSE 0 END`;
}

/** One branch for all types that share their steps. */
function byType(type: string, branch: (steps: (typeof recencySteps)[IocType]) => string): string {
  const groups = new Map<string, IocType[]>();
  for (const each of iocTypes) {
    const text = branch(recencySteps[each]);
    groups.set(text, [...(groups.get(text) ?? []), each]);
  }
  const cases = [...groups].map(([text, types]) => `WHEN ${type} IN (${types.map(quoted).join(", ")}) THEN ${text}`);
  return `(CASE ${cases.join("\n      ")} END)`;
}

// Words of ours alone; LIKE is several times as fast as position().
function threat(threatType: string): string {
  const kinds = riskFormula.threat.map(({ words, points }) => {
    const fits = words.map((word) => `${threatType} LIKE ${quoted(`%${word.replace(/[\\%_]/g, "\\$&")}%`)}`);
    return `WHEN ${fits.join(" OR ")} THEN ${points}`;
  });
  return `CASE WHEN ${threatType} IS NULL THEN ${riskFormula.otherThreat}
      ${kinds.join("\n      ")} ELSE ${riskFormula.otherThreat} END`;
}

// Hours, since a day of an interval has no fixed length.
const interval = (days: number) => `interval '${days * 24} hours'`;
const quoted = (text: string) => `'${text}'`;
