import { confidences, type IocType, iocTypes } from "../values";
import { confidenceLevels, recencySteps, riskFormula } from "./risk-formula";

/**
 * SQL expressions for the facts: `type` text, `stated` 1 low, 2 medium, 3 high, `reputation` and `sourcesCount` numbers,
 * `lastSeen` and `now` timestamptz, `threatType` and `malwareFamily` text, `warnings` text[], `withdrawn` boolean.
 */
export type RiskColumns = Record<
  | "type"
  | "stated"
  | "reputation"
  | "sourcesCount"
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
  stated: "ioc.stated",
  reputation: "ioc.reputation",
  sourcesCount: "ioc.sources_count",
  lastSeen: "ioc.last_seen",
  threatType: "ioc.threat_type",
  malwareFamily: "ioc.malware_family",
  warnings: "ioc.warnings",
  withdrawn: "(ioc.withdrawn_at IS NOT NULL)",
} as const satisfies Omit<RiskColumns, "now">;

/** `scoreRisk`'s score as one SQL expression. */
export function riskScoreSql(columns: RiskColumns): string {
  const sum = `(${sureness(columns)} + ${recency(columns)} + ${threat(columns.threatType)}
    + CASE WHEN ${columns.malwareFamily} IS NULL THEN 0 ELSE ${riskFormula.family} END)`;
  const kept = `${onWarninglist(columns, sum)}`;
  return `(${kept} * CASE WHEN ${columns.withdrawn} THEN ${riskFormula.keptWhenWithdrawn} ELSE 100 END / 100)`;
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

function sureness({ stated, reputation, sourcesCount }: RiskColumns): string {
  const { confidence } = riskFormula;
  const words = confidences.map((word, index) => `WHEN ${index + 1} THEN ${confidence[word]}`);
  return `(CASE ${stated} ${words.join(" ")} END + ${steps(reputation, riskFormula.reputation)}
    + ${steps(sourcesCount, riskFormula.corroboration)})`;
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
