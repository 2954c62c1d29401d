import type { Sql } from "@tocsin/db";
import type { Context } from "../context";
import { createSharer } from "../lib";
import { type Clause, render } from "./clause";
import type { Position } from "./cursor";
import type { Cut } from "./in-order";
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
import type { Selection } from "./selection";
import { isEmpty, readInOrder } from "./with-own";

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

const inOrder = "ORDER BY updated_at DESC, id DESC";

/** One page, newest first, the id breaking ties; those who ask for the same at the same time share it. */
export async function selectPage<Field extends RecordField = RecordField>(
  ctx: Pick<Context, "sql">,
  selection: Selection,
  cut: Cut,
  fields: readonly Field[] = allFields as Field[],
): Promise<Pick<IocRecord, Field>[]> {
  if (isEmpty(selection, cut)) return [];
  const share = sharers.get(ctx.sql) ?? createSharer<PageParts>();
  sharers.set(ctx.sql, share);
  const parts = await readInOrder(
    ctx,
    { selection, cut },
    (from) => {
      const { text, values } = render((p) => `FROM ${from(p)} ${inOrder}`);
      return share(JSON.stringify([text, values, fields]), () => selectParts(ctx, text, values, fields));
    },
    ({ n }) => n,
  );
  return readPage(parts, fields);
}

const sharers = new WeakMap<object, (key: string, work: () => Promise<PageParts>) => Promise<PageParts>>();

/** The same, its records not yet read. */
export async function selectPageParts(
  ctx: Pick<Context, "sql">,
  selection: Selection,
  cut: Cut,
  fields: readonly RecordField[],
): Promise<PageParts> {
  if (isEmpty(selection, cut)) return { parts: [], n: 0, fields, feedNames: {} };
  const ask = (from: Clause) => {
    const { text, values } = render((p) => `FROM ${from(p)} ${inOrder}`);
    return selectParts(ctx, text, values, fields);
  };
  return readInOrder(ctx, { selection, cut }, ask, ({ n }) => n);
}

/** The places of a cut, without their records. */
export async function selectPositions(ctx: Pick<Context, "sql">, selection: Selection, cut: Cut): Promise<Position[]> {
  const ask = (from: Clause) => {
    const { text, values } = render((p) => `SELECT id, updated_at FROM ${from(p)} ${inOrder}`);
    return ctx.sql.query<{ id: string; updated_at: Date }>(text, values);
  };
  const rows = await readInOrder(ctx, { selection, cut }, ask, ({ length }) => length);
  return rows.map((row) => ({ id: row.id, updatedAt: row.updated_at }));
}
