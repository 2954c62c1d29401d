import type { Context } from "../context";
import { type BoundedMap, createBoundedMap, exactCountLimit } from "../lib";
import { allOf, type Param, render } from "./clause";
import { newestOfFacet, rowsBetween } from "./in-order";
import { type OwnReader, ownRows, replacedRows } from "./own-records";
import { facetRows, rangeOf, type Selection } from "./selection";
import { hourOf, rowsOf, rowsOfHours, startOf, type Timeline } from "./timeline";

/** Of the one hour in which a time falls, so that the total without filters stays exact but for the largest loads. */
const exactHourLimit = 100_000;
/** Milliseconds for which an estimate is repeated. */
const estimateMs = 60_000;

export type Total = { total: number; exact: boolean };
type Ctx = Pick<Context, "sql" | "now">;

/** How many rows a selection has, with those of the reader's workspace. */
export async function countIocs(ctx: Ctx, selection: Selection): Promise<Total> {
  const { own } = selection;
  if (own === null) return countReported(ctx, selection);
  const [reported, added] = await Promise.all([countReported(ctx, selection), countOwn(ctx, selection, own)]);
  return { total: Math.max(0, reported.total + added.total), exact: reported.exact && added.exact };
}

/** By how many rows a workspace's own records are more than those whose place they take. */
async function countOwn(ctx: Ctx, selection: Selection, own: OwnReader): Promise<Total> {
  const { text, values } = render((p) => {
    const clauses = allOf([...rangeOf(selection, null), ...selection.plain, ...selection.beyond], p);
    const upTo = (rows: string) =>
      `(SELECT count(*)::int FROM (SELECT 1 FROM (${rows}) ioc WHERE ${clauses} LIMIT ${exactCountLimit + 1}) counted)`;
    return `SELECT ${upTo(ownRows(own, p))} AS own, ${upTo(replacedRows(own, p))} AS replaced`;
  });
  const [row] = await ctx.sql.query<{ own: number; replaced: number }>(text, values);
  const { own: said, replaced } = row ?? { own: 0, replaced: 0 };
  return { total: said - replaced, exact: said <= exactCountLimit && replaced <= exactCountLimit };
}

async function countReported(ctx: Ctx, selection: Selection): Promise<Total> {
  const { matched, tagged } = selection;
  if (matched.n === 0 || rowsBetween(selection) === 0) return { total: 0, exact: true };
  const line = timelineOf(selection);
  const cut = isCut(line, selection);
  if (!tagged && !cut) return { total: matched.n, exact: true };
  if (!tagged && matched.whole) return countHours(ctx, selection, line);
  return counted(ctx, selection, cut, async () => {
    const n = await countUpTo(ctx, selection, exactCountLimit);
    if (n <= exactCountLimit) return { total: n, exact: true };
    const guess = tagged ? await guessOf(ctx, selection) : matched.n * shareOf(selection, line);
    return { total: Math.max(n, Math.min(matched.n, Math.round(guess))), exact: false };
  });
}

type Known = Total & { state: string; at: number };
const known = new WeakMap<object, BoundedMap<Known>>();

/** Keeps estimates for a while, and exact figures that no time bounds for as long as nothing changes. */
async function counted(ctx: Ctx, selection: Selection, cut: boolean, count: () => Promise<Total>): Promise<Total> {
  const totals = known.get(ctx.sql) ?? createBoundedMap<Known>(1_000);
  known.set(ctx.sql, totals);
  const { text, values } = render((p) => allOf([...selection.plain, ...selection.beyond], p));
  const times = cut ? [hourOf(selection.since), selection.until?.getTime()] : [];
  const key = JSON.stringify([text, values, times]);
  const now = ctx.now().getTime();
  const { state } = selection.tally;
  const last = totals.get(key);
  if (last && !last.exact && Math.abs(now - last.at) < estimateMs) return { total: last.total, exact: false };
  if (last?.exact && !cut && last.state === state) return { total: last.total, exact: true };
  const total = await count();
  totals.set(key, { ...total, state, at: now });
  return total;
}

/** When what may be in a selection last changed. */
function timelineOf({ tally: { times }, revoked, warned }: Selection): Timeline {
  if (revoked) return times.all;
  return warned ? times.warned : times.listed;
}

/** Whether a selection's times leave any of it out; true rather than false where only a count would tell. */
function isCut({ hours }: Timeline, { since, until }: Selection): boolean {
  const [first, last] = [hours[0] ?? 0, hours.at(-1) ?? 0];
  return since.getTime() > startOf(first) || (until !== null && until.getTime() < startOf(last + 1) - 1);
}

/** All that lists show of a time: hours as they are kept, and what of the first and the last one belongs to it, counted. */
async function countHours(ctx: Ctx, selection: Selection, line: Timeline): Promise<Total> {
  const { whole, parts } = hoursOf(selection, line);
  let total = rowsOfHours(line, whole.first, whole.last);
  let exact = true;
  for (const hour of parts) {
    const stored = rowsOfHours(line, hour, hour);
    const n = stored === 0 ? 0 : await countHour(ctx, selection, hour);
    total += n > exactHourLimit ? Math.max(n, Math.round(stored / 2)) : n;
    exact = exact && n <= exactHourLimit;
  }
  return { total, exact };
}

/** The hours that are all of a selection's time, and those that are in part. */
function hoursOf({ since, until }: Selection, line: Timeline) {
  const first = hourOf(since);
  const last = until ? hourOf(until) : (line.hours.at(-1) ?? 0);
  const firstIsPart = since.getTime() > startOf(first);
  const lastIsPart = until !== null && until.getTime() < startOf(last + 1) - 1;
  return {
    whole: { first: firstIsPart ? first + 1 : first, last: lastIsPart ? last - 1 : last },
    parts: new Set([...(firstIsPart ? [first] : []), ...(lastIsPart ? [last] : [])]),
  };
}

async function countHour(ctx: Ctx, selection: Selection, hour: number): Promise<number> {
  const end = new Date(startOf(hour + 1) - 1);
  const until = selection.until && selection.until < end ? selection.until : end;
  const since = new Date(Math.max(startOf(hour), selection.since.getTime()));
  const { text, values } = render((p) => allOf([...rangeOf({ since, until }, null), ...selection.plain], p));
  const [row] = await ctx.sql.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (
       SELECT 1 FROM ioc WHERE ${text} ORDER BY updated_at DESC, id DESC LIMIT ${exactHourLimit + 1}) AS counted`,
    values,
  );
  return row?.n ?? 0;
}

/** No more than one more than `most`. */
async function countUpTo(ctx: Ctx, selection: Selection, most: number): Promise<number> {
  const { text, values } = render((p) => `${listOf(selection, most, p)} LIMIT ${most + 1}`);
  const [row] = await ctx.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM (${text}) AS counted`, values);
  return row?.n ?? 0;
}

/** What is to be counted, found in the way that reads the least. */
function listOf(selection: Selection, most: number, p: Param): string {
  const { tagged, matched, plain, beyond } = selection;
  const all = () => `SELECT 1 FROM ioc WHERE ${allOf([...rangeOf(selection, null), ...plain, ...beyond], p)}`;
  if (rowsBetween(selection) <= most) return `${all()} ORDER BY updated_at DESC, id DESC`;
  if (tagged && matched.n > most) return all();
  return `SELECT 1 FROM ${facetRows(selection, p)}, LATERAL (${newestOfFacet(selection, p, { most: most + 1 })}) ioc`;
}

/** Which part of what lists show is of the selection's time. */
function shareOf({ since, until }: Selection, line: Timeline): number {
  const last = until ? hourOf(until) : Number.MAX_SAFE_INTEGER - 1;
  return rowsOfHours(line, hourOf(since), last) / Math.max(1, rowsOf(line));
}

/** The planner's. */
async function guessOf(ctx: Ctx, selection: Selection): Promise<number> {
  const { text, values } = render((p) =>
    allOf([...rangeOf(selection, null), ...selection.plain, ...selection.beyond], p),
  );
  const [row] = await ctx.sql.query<Record<"QUERY PLAN", [{ Plan?: { "Plan Rows"?: number } }]>>(
    `EXPLAIN (FORMAT JSON) SELECT 1 FROM ioc WHERE ${text}`,
    values,
  );
  return row?.["QUERY PLAN"][0].Plan?.["Plan Rows"] ?? 0;
}
