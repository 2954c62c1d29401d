import type { Sql } from "@tocsin/db";
import { type BoundedMap, createBoundedMap } from "../lib";
import { allOf, type Clause, type Param, render } from "./clause";
import type { Position } from "./cursor";
import { facetRows, facetSql, rangeOf, type Selection } from "./selection";
import type { Tally } from "./tally";
import { hourOf, rowsOfHours } from "./timeline";

/** A part of a selection, newest change first; the id breaks ties. */
export type Cut = {
  readonly after: Position | null;
  readonly offset: number;
  readonly limit: number;
  /** How many rows the selection has, where that had to be counted. */
  readonly total?: number;
};

const newestFirst = "ORDER BY updated_at DESC, id DESC";
/** Rows that may as well be read whole, in their order. */
const fewRows = 2_000;
/** What finding the first row of a facet costs, in rows that are read one after the other. */
const probe = 5;
/** Matches of a tag that may as well be gathered and sorted. */
const fewTagged = 10_000;

/**
 * Reads a cut by `ask`, which gets it as a FROM clause over `ioc`. What is common is found by walking through all that is
 * stored, newest first, but never further than a bound: the planner cannot know that the newest rows are others. Where
 * that was not enough, from the index of facets, of which a cut takes no more than its own length each.
 */
export async function readInOrder<T>(
  ctx: Ctx,
  { selection, cut }: { selection: Selection; cut: Cut },
  ask: (from: Clause) => Promise<T>,
  countOf: (answer: T) => number,
): Promise<T> {
  const known = await gatheredIds(selection, cut);
  if (known) return ask(byIds(known));
  const [first, second] = waysOf(selection, cut);
  const answer = await ask(first);
  if (second === undefined || countOf(answer) >= cut.limit) return answer;
  if (second !== "gather") return ask(second);
  return ask(cut.limit > mostIds ? gathered(selection, cut) : byIds(await gatherIds(ctx, selection, cut)));
}

type Ctx = { readonly sql: Pick<Sql, "query"> };
/** Longer cuts are not kept. */
const mostIds = 1_001;
const gathers = new WeakMap<Tally, BoundedMap<Promise<string[]> | null>>();

/** What was gathered is the same until anything changes, and many who ask at once need it gathered once. */
function gatherIds(ctx: Ctx, selection: Selection, cut: Cut): Promise<string[]> {
  const kept = gathers.get(selection.tally) ?? createBoundedMap<Promise<string[]> | null>(200);
  gathers.set(selection.tally, kept);
  const key = keyOf(selection, cut);
  const { text, values } = render((p) => `SELECT id FROM ${gathered(selection, cut)(p)} ${newestFirst}`);
  const ids = kept.get(key) ?? ctx.sql.query<{ id: string }>(text, values).then((rows) => rows.map(({ id }) => id));
  kept.set(key, ids);
  ids.catch(() => kept.set(key, null));
  return ids;
}

function gatheredIds(selection: Selection, cut: Cut): Promise<string[]> | null | undefined {
  return selection.tagged ? gathers.get(selection.tally)?.get(keyOf(selection, cut)) : null;
}

/** A lookback moves on with every request; where it leaves nothing out, it makes no difference. */
function keyOf(selection: Selection, { after, offset, limit }: Cut): string {
  const { since, until, tally } = selection;
  const leavesOut = rowsOfHours(tally.times.all, 0, hourOf(since)) > 0;
  const { text, values } = render((p) => allOf(everyClause(selection), p));
  return JSON.stringify([text, values, leavesOut ? since : null, until, after, offset, limit]);
}

function byIds(ids: readonly string[]): Clause {
  return (p) => `(SELECT * FROM ioc WHERE id = ANY (${p(`{${ids.join()}}`)}::uuid[])) ioc`;
}

/** Whether a cut has no rows, as is known without a look. */
export function isEmpty(selection: Selection, cut: Cut): boolean {
  return selection.matched.n === 0 || cut.total === 0 || rowsBetween(selection, cut.after) === 0;
}

/** The second only where the first may end too early. */
function waysOf(selection: Selection, cut: Cut): [Clause, (Clause | "gather")?] {
  const { matched, tally } = selection;
  const length = cut.offset + cut.limit;
  const stored = rowsBetween(selection, cut.after);
  if (isEmpty(selection, cut)) return [() => "(SELECT * FROM ioc WHERE false) ioc"];
  if (stored <= Math.max(fewRows, length)) return [ranged(selection, cut)];
  const common = selection.tagged && matched.n > fewTagged;
  if (common && cut.total !== undefined && cut.total <= fewTagged) return [gathered(selection, cut)];
  const walk = Math.ceil((length * tally.rows) / (common ? (cut.total ?? matched.n) : matched.n));
  const facets = matched.facets.reduce((sum, { n }) => sum + Math.min(n, length) + probe, 0);
  if (!common && walk > Math.max(facets, length * 2)) return [faceted(selection, cut)];
  return [walked(selection, cut, 4 * walk + 100), common ? "gather" : faceted(selection, cut)];
}

/** How many rows changed in the hours of a selection, after a place where there is one; never fewer than there are. */
export function rowsBetween({ since, until, tally }: Selection, after: Position | null = null): number {
  const ends = [until, after?.updatedAt].map((end) => (end ? hourOf(end) : Number.MAX_SAFE_INTEGER - 1));
  return rowsOfHours(tally.times.all, hourOf(since), Math.min(...ends));
}

const bounds = ({ limit, offset }: Cut) => `LIMIT ${limit} OFFSET ${offset}`;
const everyClause = ({ plain, beyond }: Selection) => [...plain, ...beyond];

/** All that changed in the range, in its order. */
function ranged(selection: Selection, cut: Cut): Clause {
  const clauses = [...rangeOf(selection, cut.after), ...everyClause(selection)];
  return (p) => `(SELECT * FROM ioc WHERE ${allOf(clauses, p)} ${newestFirst} ${bounds(cut)}) ioc`;
}

/** The same, of the first `most` rows. */
function walked(selection: Selection, cut: Cut, most: number): Clause {
  const clauses = everyClause(selection);
  return (p) => {
    const rows = `SELECT * FROM ioc WHERE ${allOf(rangeOf(selection, cut.after), p)} ${newestFirst} LIMIT ${most}`;
    const where = clauses.length === 0 ? "" : `WHERE ${allOf(clauses, p)}`;
    return `(SELECT * FROM (${rows}) ioc ${where} ${newestFirst} ${bounds(cut)}) ioc`;
  };
}

/** The newest of each facet, and the newest of those. */
function faceted(selection: Selection, cut: Cut): Clause {
  return (p) => {
    const rows = newestOfFacet(selection, p, { after: cut.after, most: cut.offset + cut.limit });
    return `(SELECT ioc.* FROM ${facetRows(selection, p)}, LATERAL (${rows}) ioc ${newestFirst} ${bounds(cut)}) ioc`;
  };
}

/** At most so many rows of facet `f.facet` of a selection, newest first, which keeps the planner to the facets' index. */
export function newestOfFacet(
  selection: Selection,
  p: Param,
  { after = null, most }: { after?: Position | null; most: number },
): string {
  const clauses = [...rangeOf(selection, after), ...selection.beyond];
  return `SELECT * FROM ioc WHERE ${facetSql} = f.facet AND ${allOf(clauses, p)} ${newestFirst} LIMIT ${most}`;
}

/** All that matches, found by the tags' index, and the newest of it. */
function gathered(selection: Selection, cut: Cut): Clause {
  const clauses = [...rangeOf(selection, cut.after), ...everyClause(selection)];
  // OFFSET 0 keeps the planner, which knows little of rare array elements, from walking through everything in order.
  return (p) =>
    `(SELECT * FROM (SELECT * FROM ioc WHERE ${allOf(clauses, p)} OFFSET 0) ioc ${newestFirst} ${bounds(cut)}) ioc`;
}

/** Everything of a selection after a place, in no order. */
export function everything(selection: Selection, after: Position | null): Clause {
  const { matched, tally } = selection;
  if (matched.n > tally.rows / 10) {
    const clauses = [...rangeOf(selection, after), ...everyClause(selection)];
    return (p) => `(SELECT * FROM ioc WHERE ${allOf(clauses, p)}) ioc`;
  }
  return (p) => {
    const rows = newestOfFacet(selection, p, { after, most: matched.n + 1_000_000 });
    return `(SELECT ioc.* FROM ${facetRows(selection, p)}, LATERAL (${rows}) ioc) ioc`;
  };
}
