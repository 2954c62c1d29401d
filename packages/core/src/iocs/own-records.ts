import type { Context } from "../context";
import { maxTags } from "./batch";
import type { Clause, Param } from "./clause";
import { certaintySql, confidenceSql, type RiskColumns, riskScoreSql } from "./score-sql";
import { tlpRankSql } from "./tlp-rank";
import { passedOnSql } from "./withheld";

/** The source of what a workspace says itself, as records name it. No feed has this id. */
export const ownSource = { id: "own", name: "Own indicators", category: "threat-intel", reputation: 85 } as const;

/** Whose indicators are read over those of feeds, and in which state. */
export type OwnReader = {
  readonly workspaceId: string;
  readonly now: Date;
  /** Rises with each change: two readings of one figure are of one state. */
  readonly changes: string;
  /** Whether what no source allows to pass on is left out of the records. */
  readonly withheld: boolean;
  /** Whether values are left out that the workspace calls harmless: where it calls any so, and does not ask to see them. */
  readonly hides: boolean;
};

/**
 * Of some workspaces (an array as a parameter) how often each has changed what it says itself, by its id; null for none that
 * does. Of those that call values harmless it ends as `callsHarmless` knows.
 */
export const ownChangesSql = (workspaces: string) =>
  `SELECT jsonb_object_agg(workspace_id, changes::text || CASE WHEN harmless > 0 THEN '${harmlessMark}' ELSE '' END)
   FROM own_store WHERE workspace_id = ANY (${workspaces}::uuid[]) AND (total > 0 OR harmless > 0)`;

const harmlessMark = " harmless";
export const callsHarmless = (changes: string) => changes.endsWith(harmlessMark);

/** Of those who see what they call harmless too. Null where the workspace has never written an indicator, as most have not. */
export async function findOwnReader(
  ctx: Pick<Context, "sql" | "now">,
  { workspaceId, withheld }: { workspaceId: string; withheld: boolean },
): Promise<OwnReader | null> {
  const [store] = await ctx.sql.query<{ changes: string }>(
    "SELECT changes::text AS changes FROM own_store WHERE workspace_id = $1::uuid AND total > 0",
    [workspaceId],
  );
  return store ? { workspaceId, now: ctx.now(), changes: store.changes, withheld, hides: false } : null;
}

/** The workspace calls the value of an id harmless. */
const calledHarmless = ({ workspaceId }: OwnReader, p: Param, id: string) =>
  `EXISTS (SELECT 1 FROM own_verdict v WHERE v.workspace_id = ${p(workspaceId)}::uuid AND v.ioc_id = ${id} AND v.verdict = 'harmless')`;

/** On `own_indicator o`: what the workspace stands for now. */
const standing = ({ workspaceId, now }: OwnReader, p: Param) =>
  `o.workspace_id = ${p(workspaceId)}::uuid AND o.withdrawn_at IS NULL
   AND (o.valid_until IS NULL OR o.valid_until > ${p(now.toISOString())}::timestamptz)`;

const merged = (now: string): RiskColumns => ({
  type: "o.type",
  value: "o.value",
  stated: "GREATEST(o.confidence, i.stated)",
  certainty: `GREATEST(${certaintySql("NULL", "o.confidence")}, ${certaintySql("i.certainty", "i.stated")})::int2`,
  reputation: `GREATEST(${ownSource.reputation}::int2, i.reputation)`,
  independentSources: "(1 + COALESCE(i.independent_sources, i.sources_count, 0))",
  active: "i.active",
  company: "COALESCE(i.company, 0)",
  firstSeen: "LEAST(o.first_seen, i.first_seen)",
  lastSeen: "GREATEST(o.last_seen, i.last_seen)",
  threatType: "COALESCE(o.threat_type, i.threat_type)",
  malwareFamily: "COALESCE(o.malware_family, i.malware_family)",
  warnings: "(CASE WHEN cardinality(i.warnings) > 0 THEN i.warnings ELSE o.warnings END)",
  withdrawn: "false",
  now,
});

/**
 * The columns of `ioc`, each as a workspace's own record has it: what it says itself, merged with what feeds say of the same
 * value as the ingest would merge two sources.
 */
function columnsOf(now: string): Readonly<Record<string, string>> {
  const facts = merged(now);
  return {
    id: "o.ioc_id",
    type: "o.type",
    value: "o.value",
    confidence: confidenceSql(facts),
    stated: facts.stated,
    first_seen: facts.firstSeen,
    last_seen: facts.lastSeen,
    created_at: "o.created_at",
    updated_at: "o.updated_at",
    tags: union("o.tags", "i.tags"),
    mitre_techniques: "COALESCE(i.mitre_techniques, '{}')",
    industries: "COALESCE(i.industries, '{}')",
    threat_type: facts.threatType,
    malware_family: facts.malwareFamily,
    tlp: `CASE WHEN COALESCE(${tlpRankSql("i.tlp")}, 0) > ${tlpRankSql("o.tlp")} THEN i.tlp ELSE o.tlp END`,
    risk_score: `(${riskScoreSql(facts)})::int2`,
    sources_count: "(1 + COALESCE(i.sources_count, 0))::int2",
    sources: `ARRAY['${ownSource.id}'] || COALESCE(i.sources, '{}')`,
    categories: union(`ARRAY['${ownSource.category}']`, "i.categories"),
    reference_url: "COALESCE(o.reference_url, i.reference_url)",
    context: "COALESCE(o.comment, i.context)",
    valid_until:
      "CASE WHEN i.id IS NULL THEN o.valid_until WHEN o.valid_until IS NOT NULL THEN GREATEST(o.valid_until, i.valid_until) END",
    withdrawn_at: "NULL::timestamptz(3)",
    generation: "COALESCE(i.generation, 0::int2)",
    reputation: facts.reputation,
    certainty: facts.certainty,
    independent_sources: `${facts.independentSources}::int2`,
    active: facts.active,
    company: facts.company,
    warnings: facts.warnings,
    article_id: "i.article_id",
  };
}

function union(own: string, others: string): string {
  return `CASE WHEN ${others} IS NULL OR ${own} @> ${others} THEN ${own}
    ELSE (${own} || ARRAY(SELECT word FROM unnest(${others}) AS word WHERE word <> ALL (${own})))[1:${maxTags}] END`;
}

/** The columns of both kinds of record, in one order. */
export const recordColumns = Object.keys(columnsOf("")).join(", ");

/** A workspace's own records as rows of `ioc`; with `ids` those of them alone. */
export function ownRows(own: OwnReader, p: Param, ids?: readonly string[]): string {
  const rows = rowsWhere(`${p(own.now.toISOString())}::timestamptz`, own.withheld);
  const some = ids === undefined ? "" : ` AND o.ioc_id = ANY (${p(`{${ids.join()}}`)}::uuid[])`;
  const shown = own.hides ? ` AND NOT ${calledHarmless(own, p, "o.ioc_id")}` : "";
  return `${rows} WHERE ${standing(own, p)}${some}${shown}`;
}

function rowsWhere(now: string, withheld: boolean): string {
  const columns = Object.entries(columnsOf(now)).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${columns.join(", ")} FROM own_indicator o
    LEFT JOIN ioc i ON i.id = o.ioc_id AND i.withdrawn_at IS NULL${withheld ? ` AND ${passedOnSql}` : ""}`;
}

// For lookups: $2 is the workspace.
const standingOfIds = (ids: string, now: string) => `o.workspace_id = $2::uuid AND o.ioc_id = ANY (${ids})
  AND o.withdrawn_at IS NULL AND (o.valid_until IS NULL OR o.valid_until > ${now})`;

/** The same records of some ids (an array in SQL) of the workspace $2 at a time (in SQL). */
export const ownRowsOf = (ids: string, now: string) => `${rowsWhere(now, false)} WHERE ${standingOfIds(ids, now)}`;

/** Those of the ids $1 at the time $3. */
export const ownRowsOfIds = ownRowsOf("$1::uuid[]", "$3::timestamptz");

/** What the workspace $2 says of the ids $1 at the time $3, as a lookup reads a feed's sighting. */
export const ownSightingsOfIds = `SELECT o.ioc_id, '${ownSource.id}', '${ownSource.name}', '${ownSource.category}', o.confidence,
  o.first_seen, o.last_seen, 1, o.reference_url, o.comment FROM own_indicator o
  WHERE ${standingOfIds("$1::uuid[]", "$3::timestamptz")}`;

/** On `ioc`: no record of the workspace's own takes the row's place, and no verdict hides it. The state stands in the text, since texts are what is kept by. */
export const notOwn =
  (own: OwnReader): Clause =>
  (p) =>
    `NOT EXISTS (SELECT 1 FROM own_indicator o WHERE o.ioc_id = ioc.id AND ${standing(own, p)})${
      own.hides ? ` AND NOT ${calledHarmless(own, p, "ioc.id")}` : ""
    } /* ${own.changes} */`;

/** Rows of `ioc` whose place a record of the workspace's own takes, and those that a verdict hides. */
export function replacedRows(own: OwnReader, p: Param): string {
  const replaced = `SELECT ioc.* FROM own_indicator o JOIN ioc ON ioc.id = o.ioc_id WHERE ${standing(own, p)}`;
  if (!own.hides) return replaced;
  return `${replaced} UNION ALL SELECT ioc.* FROM own_verdict v JOIN ioc ON ioc.id = v.ioc_id
    WHERE v.workspace_id = ${p(own.workspaceId)}::uuid AND v.verdict = 'harmless'
      AND NOT EXISTS (SELECT 1 FROM own_indicator o WHERE o.ioc_id = v.ioc_id AND ${standing(own, p)})`;
}
