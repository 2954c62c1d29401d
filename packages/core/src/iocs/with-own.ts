import type { Context } from "../context";
import { allOf, type Clause, type Param, render } from "./clause";
import type { Position } from "./cursor";
import * as feeds from "./in-order";
import { notOwn, type OwnReader, ownRows, recordColumns } from "./own-records";
import { rangeOf, type Selection } from "./selection";

type Ctx = Pick<Context, "sql">;
type Row = { id: string; updated_at: Date };

const newestFirst = "ORDER BY updated_at DESC, id DESC";

/** Whether a cut has no rows, as is known without a look. */
export function isEmpty(selection: Selection, cut: feeds.Cut): boolean {
  return selection.own === null && feeds.isEmpty(selection, cut);
}

/**
 * Reads a cut of what feeds say, with what the reader's workspace says itself over it: two lists in one order, of which the
 * places are read first and the records of one page then.
 */
export async function readInOrder<T>(
  ctx: Ctx,
  { selection, cut }: { selection: Selection; cut: feeds.Cut },
  ask: (from: Clause) => Promise<T>,
  countOf: (answer: T) => number,
): Promise<T> {
  const { own } = selection;
  if (own === null) return feeds.readInOrder(ctx, { selection, cut }, ask, countOf);
  const length = cut.offset + cut.limit;
  const [reported, said] = await Promise.all([
    placesOfFeeds(ctx, withoutOwn(selection, own), { after: cut.after, offset: 0, limit: length }),
    placesOfOwn(ctx, selection, own, { after: cut.after, limit: length }),
  ]);
  const { left, right } = sliceOf(reported, said, cut.offset, length);
  return ask(
    (p) => `(SELECT ${recordColumns} FROM ioc WHERE id = ANY (${p(`{${left.join()}}`)}::uuid[])
      UNION ALL ${ownRows(own, p, right)}) ioc`,
  );
}

/** What feeds say of all but what the workspace speaks of itself. */
function withoutOwn(selection: Selection, own: OwnReader): Selection {
  return { ...selection, own: null, beyond: [...selection.beyond, notOwn(own)] };
}

function placesOfFeeds(ctx: Ctx, selection: Selection, cut: feeds.Cut): Promise<Row[]> {
  const ask = (from: Clause) => {
    const { text, values } = render((p) => `SELECT id, updated_at FROM ${from(p)} ${newestFirst}`);
    return ctx.sql.query<Row>(text, values);
  };
  return feeds.isEmpty(selection, cut)
    ? Promise.resolve([])
    : feeds.readInOrder(ctx, { selection, cut }, ask, ({ length }) => length);
}

function placesOfOwn(
  ctx: Ctx,
  selection: Selection,
  own: OwnReader,
  { after, limit }: { after: Position | null; limit: number },
): Promise<Row[]> {
  const { text, values } = render(
    (p) => `SELECT id, updated_at FROM ${ownOf(selection, own, after)(p)} ${newestFirst} LIMIT ${limit}`,
  );
  return ctx.sql.query<Row>(text, values);
}

/** The workspace's own records of a selection after a place, in no order. */
export function ownOf(selection: Selection, own: OwnReader, after: Position | null): Clause {
  const clauses = [...rangeOf(selection, after), ...selection.plain, ...selection.beyond];
  return (p) => `(SELECT * FROM (${ownRows(own, p)}) ioc WHERE ${allOf(clauses, p)}) ioc`;
}

/** Everything of a selection after a place, in no order. */
export function everythingWithOwn(selection: Selection, after: Position | null): Clause {
  const { own } = selection;
  if (own === null) return feeds.everything(selection, after);
  const columns = (from: Clause) => (p: Param) => `SELECT ${recordColumns} FROM ${from(p)}`;
  const reported = columns(feeds.everything(withoutOwn(selection, own), after));
  const said = columns(ownOf(selection, own, after));
  return (p) => `(${reported(p)} UNION ALL ${said(p)}) ioc`;
}

/** Of two lists, each newest first, the ids of what stands from `from` up to `to` of both together. */
function sliceOf(reported: readonly Row[], said: readonly Row[], from: number, to: number) {
  const placed = (rows: readonly Row[], isOwn: boolean) =>
    rows.map(({ id, updated_at }) => ({ id, time: updated_at.getTime(), isOwn }));
  const places = [...placed(reported, false), ...placed(said, true)];
  const page = places.sort(newest).slice(from, to);
  const idsOf = (own: boolean) => page.filter(({ isOwn }) => isOwn === own).map(({ id }) => id);
  return { left: idsOf(false), right: idsOf(true) };
}

type Placed = { id: string; time: number };
const newest = (a: Placed, b: Placed) => b.time - a.time || (a.id < b.id ? 1 : -1);
