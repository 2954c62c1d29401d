import type { Sql } from "@tocsin/db";
import type { Context } from "../context";
import { type Confidence, confidences, type IocType } from "../values";
import type { Position } from "./cursor";
import type { IocFilters } from "./filter";
import { publishedSql } from "./frozen";
import type { IocRecord } from "./record";
import {
  allFields,
  type PageParts,
  type PageText,
  pageParts,
  pageQuery,
  type RecordField,
  readPage,
} from "./record-text";
import { passedOnSql } from "./withheld";

/** A condition on `ioc` and the values of its parameters. */
export type Condition = { readonly text: string; readonly values: readonly unknown[] };

/**
 * The condition that filters make, parameters counted from $1; `revoked`: with the end of what has ended; `withheld`:
 * without what no source allows to pass on.
 */
export async function conditionOf(
  ctx: Pick<Context, "sql">,
  filters: IocFilters,
  { revoked = false, withheld = false }: { revoked?: boolean; withheld?: boolean } = {},
): Promise<Condition> {
  const values: unknown[] = [];
  const texts: string[] = [revoked ? publishedSql : "withdrawn_at IS NULL"];
  const add: Add = (value, text) => {
    values.push(value);
    texts.push(text(`$${values.length}`));
  };
  // An equation, of which the planner knows how many rows it leaves.
  if (!filters.falsePositives && !revoked) texts.push("(warnings IS NULL OR warnings = '{}')");
  if (withheld) texts.push(passedOnSql);
  add(filters.since.toISOString(), (p) => `updated_at >= ${p}::timestamptz`);
  if (filters.until) add(filters.until.toISOString(), (p) => `updated_at <= ${p}::timestamptz`);
  if (filters.types) addTypes(add, filters.types);
  if (filters.confidences) add(filters.confidences.map(rankOf), (p) => `confidence = ANY(${p}::int2[])`);
  if (filters.categories) add(filters.categories, (p) => `categories && ${p}::text[]`);
  if (filters.industry) add([filters.industry], (p) => `industries @> ${p}::text[]`);
  if (filters.source) add(await feedIds(ctx, filters.source), (p) => `sources && ${p}::text[]`);
  if (filters.tag) add([filters.tag], (p) => `tags @> ${p}::text[]`);
  if (filters.minRisk !== null) add(filters.minRisk, (p) => `risk_score >= ${p}::int2`);
  return { text: texts.join(" AND "), values };
}

type Add = (value: unknown, text: (parameter: string) => string) => void;

/** One type as an equation, which the index on type and time serves in order; a list it does not. */
function addTypes(add: Add, types: readonly IocType[]): void {
  if (types.length === 1) add(types[0], (p) => `type = ${p}::text`);
  else add(types, (p) => `type = ANY(${p}::text[])`);
}

/** Ids of the feeds that a text names by id or, as the wire prints them, by name. */
async function feedIds(ctx: Pick<Context, "sql">, source: string): Promise<string[]> {
  const rows = await ctx.sql.query<{ id: string }>("SELECT id FROM feed WHERE lower(name) = lower($1::text)", [source]);
  return [source, ...rows.map((row) => row.id)];
}

/** Records that `query` gives: a FROM clause over `ioc`, or over a subquery of that name, and what follows it. */
export async function selectRecords<Field extends RecordField = RecordField>(
  ctx: { sql: Pick<Sql, "query"> },
  query: string,
  values: readonly unknown[],
  fields: readonly Field[] = allFields as Field[],
): Promise<Pick<IocRecord, Field>[]> {
  return readPage(await selectParts(ctx, query, values, fields), fields);
}

async function selectParts(
  ctx: { sql: Pick<Sql, "query"> },
  query: string,
  values: readonly unknown[],
  fields: readonly RecordField[],
): Promise<PageParts> {
  const ask = async (clean: boolean) => {
    const [row] = await ctx.sql.query<PageText>(pageQuery(query, fields, clean), values);
    return pageParts(row ?? { text: null, n: 0, feed_names: null }, fields);
  };
  const parts = (await ask(false)) ?? (await ask(true));
  if (parts === null) throw new Error("a page of records could not be read");
  return parts;
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
export async function selectPage<Field extends RecordField = RecordField>(
  ctx: Pick<Context, "sql">,
  page: Page,
  fields?: readonly Field[],
): Promise<Pick<IocRecord, Field>[]> {
  return selectRecords(ctx, fromOf(page), valuesOf(page), fields);
}

/** The same, its records not yet read. */
export function selectPageParts(
  ctx: Pick<Context, "sql">,
  page: Page,
  fields: readonly RecordField[],
): Promise<PageParts> {
  return selectParts(ctx, fromOf(page), valuesOf(page), fields);
}

function fromOf({ condition, after, limit, offset, total }: Page): string {
  const { text } = placed(condition, after);
  return `FROM ${matching(text, total)} ORDER BY updated_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`;
}

const valuesOf = ({ condition, after }: Page) => placed(condition, after).values;

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
