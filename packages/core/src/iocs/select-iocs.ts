import type { Sql } from "@tocsin/db";
import type { Context } from "../context";
import type { Position } from "./cursor";
import type { IocFilters } from "./filter";
import { type Category, type Confidence, confidences, type IocType } from "./observation";
import type { IocRecord, Tlp } from "./record";

/** A condition on `ioc` and the values of its parameters. */
export type Condition = { readonly text: string; readonly values: readonly unknown[] };

/** The condition that filters make, parameters counted from $1. */
export async function conditionOf(ctx: Pick<Context, "sql">, filters: IocFilters): Promise<Condition> {
  const values: unknown[] = [];
  const texts: string[] = [];
  const add = (value: unknown, text: (parameter: string) => string) => {
    values.push(value);
    texts.push(text(`$${values.length}`));
  };
  add(filters.since.toISOString(), (p) => `updated_at >= ${p}::timestamptz`);
  if (filters.until) add(filters.until.toISOString(), (p) => `updated_at <= ${p}::timestamptz`);
  const [type] = filters.types ?? [];
  // One type as an equation, which the index on type and time serves in order; a list it does not.
  if (filters.types?.length === 1) add(type, (p) => `type = ${p}::text`);
  else if (filters.types) add(filters.types, (p) => `type = ANY(${p}::text[])`);
  if (filters.confidences) add(filters.confidences.map(rankOf), (p) => `confidence = ANY(${p}::int2[])`);
  if (filters.categories) add(filters.categories, (p) => `categories && ${p}::text[]`);
  if (filters.industry) add([filters.industry], (p) => `industries @> ${p}::text[]`);
  if (filters.source) add(await feedIds(ctx, filters.source), (p) => `sources && ${p}::text[]`);
  if (filters.tag) add([filters.tag], (p) => `tags @> ${p}::text[]`);
  if (filters.minRisk !== null) add(filters.minRisk, (p) => `risk_score >= ${p}::int2`);
  return { text: texts.join(" AND "), values };
}

/** Ids of the feeds that a text names by id or, as the wire prints them, by name. */
async function feedIds(ctx: Pick<Context, "sql">, source: string): Promise<string[]> {
  const rows = await ctx.sql.query<{ id: string }>("SELECT id FROM feed WHERE lower(name) = lower($1::text)", [source]);
  return [source, ...rows.map((row) => row.id)];
}

// Drivers take most of a page's time for reading times and arrays, so both come as numbers and texts.
const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8 AS ${column}_ms`;
/** Unit separator: no tag holds a control character. */
const between = "\u001f";
const joined = (column: string) => `array_to_string(${column}, chr(31)) AS ${column}_text`;

const columns = `id, type, value, confidence, ${["first_seen", "last_seen", "created_at", "updated_at", "valid_until"].map(ms).join(", ")},
  ${joined("tags")}, ${joined("mitre_techniques")}, threat_type, malware_family, tlp, risk_score, sources_count,
  sources[1] AS feed_id, categories[1] AS category, reference_url, context`;

type IocRow = {
  id: string;
  type: string;
  value: string;
  confidence: number;
  first_seen_ms: number;
  last_seen_ms: number;
  created_at_ms: number;
  updated_at_ms: number;
  valid_until_ms: number | null;
  tags_text: string;
  mitre_techniques_text: string;
  threat_type: string | null;
  malware_family: string | null;
  tlp: string;
  risk_score: number;
  sources_count: number;
  feed_id: string | null;
  category: string | null;
  reference_url: string | null;
  context: string | null;
  feed_name: string | null;
};

/** Records that `query` gives: a FROM clause over `ioc`, or over a subquery of that name, and what follows it. */
export async function selectRecords(
  ctx: { sql: Pick<Sql, "query"> },
  query: string,
  values: readonly unknown[],
): Promise<IocRecord[]> {
  const rows = await ctx.sql.query<IocRow>(
    // The names are gathered once for the whole page.
    `SELECT ${columns}, (SELECT jsonb_object_agg(id, name) FROM feed) ->> ioc.sources[1] AS feed_name ${query}`,
    values,
  );
  return rows.map(recordOf);
}

export type Page = {
  condition: Condition;
  after: Position | null;
  offset: number;
  limit: number;
  /** How many rows match, where it is known. */
  total?: number;
};

// Below it, all that matches is found by the filters' own index and sorted. Left to itself the planner, which knows
// little of rare array elements, walks the whole list in order for the few that match.
const fewRows = 5_000;

/** One page, newest first, the id breaking ties. */
export async function selectPage(
  ctx: Pick<Context, "sql">,
  { condition, after, offset, limit, total }: Page,
): Promise<IocRecord[]> {
  const { text, values } = placed(condition, after);
  return selectRecords(
    ctx,
    `FROM ${matching(text, total)} ORDER BY updated_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`,
    values,
  );
}

/** What a condition leaves, as a FROM clause that the planner reads in the right way for so many. */
export function matching(text: string, total: number | undefined): string {
  // OFFSET 0 keeps the planner from joining the two.
  return total !== undefined && total <= fewRows
    ? `(SELECT * FROM ioc WHERE ${text} OFFSET 0) ioc`
    : `ioc WHERE ${text}`;
}

/** The places from `offset` on, without their records. */
export async function selectPositions(
  ctx: Pick<Context, "sql">,
  { condition, after, offset, limit }: Page,
): Promise<Position[]> {
  const { text, values } = placed(condition, after);
  const rows = await ctx.sql.query<{ id: string; updated_at: Date }>(
    `SELECT id, updated_at FROM ioc WHERE ${text} ORDER BY updated_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`,
    values,
  );
  return rows.map((row) => ({ id: row.id, updatedAt: row.updated_at }));
}

export function placed({ text, values }: Condition, after: Position | null): Condition {
  if (after === null) return { text, values };
  const keyset = `(updated_at, id) < ($${values.length + 1}::timestamptz, $${values.length + 2}::uuid)`;
  return { text: `${text} AND ${keyset}`, values: [...values, after.updatedAt.toISOString(), after.id] };
}

export const rankOf = (confidence: Confidence) => confidences.indexOf(confidence) + 1;

function recordOf(row: IocRow): IocRecord {
  const feedId = row.feed_id ?? "";
  return {
    id: row.id,
    type: row.type as IocType,
    value: row.value,
    confidence: confidences[row.confidence - 1] ?? "low",
    firstSeen: new Date(row.first_seen_ms),
    lastSeen: new Date(row.last_seen_ms),
    createdAt: new Date(row.created_at_ms),
    updatedAt: new Date(row.updated_at_ms),
    tags: listOf(row.tags_text),
    mitreTechniques: listOf(row.mitre_techniques_text),
    threatType: row.threat_type,
    malwareFamily: row.malware_family,
    tlp: row.tlp as Tlp,
    riskScore: row.risk_score,
    sourcesCount: row.sources_count,
    feedId,
    feedName: row.feed_name ?? feedId,
    category: (row.category ?? "threat-feed") as Category,
    referenceUrl: row.reference_url,
    context: row.context,
    validUntil: row.valid_until_ms === null ? null : new Date(row.valid_until_ms),
  };
}

function listOf(text: string): string[] {
  return text === "" ? [] : text.split(between);
}
