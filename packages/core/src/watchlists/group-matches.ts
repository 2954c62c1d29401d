import { invalidParameter } from "../errors";
import type { GroupMatchesInput, MatchGroupList } from "./group-shape";
import type { MatchReader } from "./list-matches";
import { matchColumns, matchCondition, matchRisk, matchTables } from "./match-filter";
import { type MatchRow, toMatch } from "./match-row";
import { requireWatchlist } from "./require-watchlist";

type Row = { matches: number; open: number; partners: number; risk: number; last_at: Date; latest: number };

// Both ways a group has the id of its newest match to itself, which keeps apart those of one risk.
const groupings = {
  entry: { by: "m.entry_id", partners: "m.subject_id" },
  subject: { by: "m.subject, m.subject_id", partners: "m.entry_id" },
} as const satisfies Record<GroupMatchesInput["by"], object>;

/** A page of what matches have in common: an entry, or what they found. Highest risk first. Throws `not_found`. */
export async function groupMatches(ctx: MatchReader, input: GroupMatchesInput): Promise<MatchGroupList> {
  const { watchlist_id, by, limit, cursor } = input;
  if (watchlist_id !== undefined) await requireWatchlist(ctx, watchlist_id);
  const place = { workspaceId: ctx.caller.workspaceId, watchlistId: watchlist_id };
  const { condition, params, of } = matchCondition(place, input);
  const after = cursor === undefined ? null : readCursor(cursor);
  const beyond = after
    ? `HAVING (max(${matchRisk}), max(m.id)) < (${of(after.risk)}::int4, ${of(after.id)}::int8)`
    : "";
  const grouping = groupings[by];
  const rows = await ctx.sql.query<Row>(
    `SELECT count(*) AS matches, count(*) FILTER (WHERE m.acknowledged_at IS NULL) AS open,
       count(DISTINCT ${grouping.partners}) AS partners, max(${matchRisk}) AS risk, max(m.last_at) AS last_at,
       max(m.id) AS latest
     FROM ${matchTables} WHERE ${condition}
     GROUP BY ${grouping.by} ${beyond}
     ORDER BY risk DESC, latest DESC LIMIT ${of(limit + 1)}::int4`,
    params,
  );
  const page = rows.slice(0, limit);
  const latest = await ctx.sql.query<MatchRow>(
    `SELECT ${matchColumns} FROM ${matchTables} WHERE m.id = ANY ($1::int8[])`,
    [page.map((row) => row.latest)],
  );
  const found = new Map(latest.map((row) => [String(row.id), row]));
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    data: page.flatMap((row) => {
      const match = found.get(String(row.latest));
      if (!match) return [];
      return {
        id: by === "entry" ? match.entry_id : match.subject_id,
        matches: Number(row.matches),
        open: Number(row.open),
        partners: Number(row.partners),
        risk: row.risk < 0 ? null : Number(row.risk),
        last_at: row.last_at.toISOString(),
        latest: toMatch(match),
      };
    }),
    meta: { limit, next_cursor: last ? `g${last.risk}.${last.latest}` : null },
  };
}

function readCursor(cursor: string): { risk: string; id: string } {
  const [, risk, id] = /^g(-?[0-9]{1,3})\.([0-9]{1,18})$/.exec(cursor) ?? [];
  if (risk === undefined || id === undefined) {
    const allowed = "meta.next_cursor of a page with the same filters";
    throw invalidParameter({ field: "cursor", problem: "is not a cursor of this list", allowed });
  }
  return { risk, id };
}
