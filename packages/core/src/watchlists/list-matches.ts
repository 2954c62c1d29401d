import type { Authorized, KeyCaller, SessionCaller } from "../access";
import type { Call } from "../context";
import { invalidParameter } from "../errors";
import { type MatchRow, toMatch } from "./match-row";
import type { ListMatchesInput, MatchList } from "./match-shape";
import { requireWatchlist } from "./require-watchlist";

type Reader = Call<Authorized<SessionCaller> | Authorized<KeyCaller>>;

/** A page of the matches of one list or of all, by their numbers, which are in the order of their commits. Throws `not_found`. */
export async function listMatches(
  ctx: Reader,
  { watchlistId, status, kind, order, limit, cursor }: ListMatchesInput,
): Promise<MatchList> {
  if (watchlistId !== undefined) await requireWatchlist(ctx, watchlistId);
  const after = cursor === undefined ? null : readCursor(cursor, order);
  const [beyond, direction] = order === "oldest" ? [">", "ASC"] : ["<", "DESC"];
  const rows = await ctx.sql.query<MatchRow>(
    `SELECT m.id, w.id AS watchlist_id, w.name AS watchlist_name, e.id AS entry_id, e.kind, e.value AS entry_value, e.note,
       m.reason, m.subject, m.subject_id, m.held, m.matched_at, m.last_at, m.acknowledged_at, m.acknowledged_by,
       ioc.type, ioc.value, ioc.confidence, ioc.risk_score, ioc.threat_type, ioc.malware_family, ioc.warnings,
       ioc.last_seen, ioc.withdrawn_at,
       article.title, article.url, article.published_at, article.severity_score, article.severity_label
     FROM watchlist w JOIN watchlist_match m ON m.watchlist_id = w.id
     JOIN watchlist_entry e ON e.id = m.entry_id
     LEFT JOIN ioc ON m.subject = 'ioc' AND ioc.id = m.subject_id
     LEFT JOIN article ON m.subject = 'article' AND article.id = m.subject_id
     WHERE w.workspace_id = $1::uuid AND ($2::uuid IS NULL OR w.id = $2::uuid)
       AND ($3::boolean IS NULL OR (m.acknowledged_at IS NULL) = $3::boolean)
       AND ($4::text IS NULL OR e.kind = $4::text)
       AND ($5::int8 IS NULL OR m.id ${beyond} $5::int8)
     ORDER BY m.id ${direction} LIMIT $6::int4`,
    [
      ctx.caller.workspaceId,
      watchlistId ?? null,
      status === undefined ? null : status === "open",
      kind ?? null,
      after,
      limit + 1,
    ],
  );
  const page = rows.slice(0, limit);
  return { data: page.map(toMatch), meta: { limit, next_cursor: nextCursor(page, rows.length, order, cursor) } };
}

/** A poller that reads oldest first keeps its place when there is nothing more yet. */
function nextCursor(page: readonly MatchRow[], found: number, order: "newest" | "oldest", given: string | undefined) {
  const last = page.at(-1);
  if (order === "oldest") return last ? `o${last.id}` : (given ?? null);
  return last && found > page.length ? `n${last.id}` : null;
}

function readCursor(cursor: string, order: "newest" | "oldest"): string {
  const [, letter, id] = /^([no])([0-9]{1,18})$/.exec(cursor) ?? [];
  if (id === undefined || letter !== order[0]) {
    const allowed = "meta.next_cursor of a page in the same order";
    throw invalidParameter({ field: "cursor", problem: "is not a cursor of this list", allowed });
  }
  return id;
}
