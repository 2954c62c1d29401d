import type { Authorized, KeyCaller, SessionCaller } from "../access";
import type { Call } from "../context";
import { invalidParameter } from "../errors";
import { matchColumns, matchCondition, matchRisk, matchTables } from "./match-filter";
import { type MatchRow, toMatch } from "./match-row";
import type { ListMatchesInput, MatchList, MatchOrder } from "./match-shape";
import { requireWatchlist } from "./require-watchlist";

export type MatchReader = Call<Authorized<SessionCaller> | Authorized<KeyCaller>>;

/**
 * A page of the matches of one list or of all: by their numbers, which are in the order of their commits, or by risk.
 * Throws `not_found`.
 */
export async function listMatches(ctx: MatchReader, input: ListMatchesInput): Promise<MatchList> {
  const { watchlistId, order, limit, cursor } = input;
  if (watchlistId !== undefined) await requireWatchlist(ctx, watchlistId);
  const { condition, params, of } = matchCondition({ workspaceId: ctx.caller.workspaceId, watchlistId }, input);
  const after = cursor === undefined ? null : readCursor(cursor, order);
  const beyond = after ? ` AND ${orders[order].beyond(of(after.id), after.risk === null ? "" : of(after.risk))}` : "";
  const rows = await ctx.sql.query<MatchRow>(
    `SELECT ${matchColumns} FROM ${matchTables} WHERE ${condition}${beyond}
     ORDER BY ${orders[order].by} LIMIT ${of(limit + 1)}::int4`,
    params,
  );
  const page = rows.slice(0, limit);
  return { data: page.map(toMatch), meta: { limit, next_cursor: nextCursor(page, rows.length, order, cursor) } };
}

type Order = { letter: string; by: string; beyond: (id: string, risk: string) => string };
const orders = {
  newest: { letter: "n", by: "m.id DESC", beyond: (id) => `m.id < ${id}::int8` },
  oldest: { letter: "o", by: "m.id ASC", beyond: (id) => `m.id > ${id}::int8` },
  risk: {
    letter: "r",
    by: `${matchRisk} DESC, m.id DESC`,
    beyond: (id, risk) => `(${matchRisk}, m.id) < (${risk}::int4, ${id}::int8)`,
  },
} as const satisfies Record<MatchOrder, Order>;

/** A poller that reads oldest first keeps its place when there is nothing more yet. */
function nextCursor(page: readonly MatchRow[], found: number, order: MatchOrder, given: string | undefined) {
  const last = page.at(-1);
  if (order === "oldest") return last ? `o${last.id}` : (given ?? null);
  if (!last || found <= page.length) return null;
  return order === "risk" ? `r${riskOf(last)}.${last.id}` : `n${last.id}`;
}

/** As `matchRisk` has it. */
function riskOf({ risk_score, severity_score }: MatchRow): number {
  if (risk_score !== null) return Number(risk_score);
  return severity_score === null ? -1 : Math.round(Number(severity_score) * 10);
}

function readCursor(cursor: string, order: MatchOrder): { id: string; risk: string | null } {
  const [, letter, risk, id] = /^([nor])(?:(-?[0-9]{1,3})\.)?([0-9]{1,18})$/.exec(cursor) ?? [];
  if (id === undefined || letter !== orders[order].letter || (risk !== undefined) !== (order === "risk")) {
    const allowed = "meta.next_cursor of a page in the same order";
    throw invalidParameter({ field: "cursor", problem: "is not a cursor of this list", allowed });
  }
  return { id, risk: risk ?? null };
}
