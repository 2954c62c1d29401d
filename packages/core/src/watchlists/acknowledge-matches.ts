import type { AcknowledgeInput } from "./match-shape";
import { requireWatchlist, type WatchlistCall } from "./require-watchlist";

/** Marks matches of a list as seen, or opens them again; those that are so already keep who did it. Throws `not_found`. */
export async function acknowledgeMatches(
  ctx: WatchlistCall,
  { watchlistId, ids, acknowledged }: AcknowledgeInput,
): Promise<{ success: true; changed: number }> {
  const list = await requireWatchlist(ctx, watchlistId);
  const [done] = await ctx.sql.query<{ changed: number }>(
    `WITH list AS MATERIALIZED (
       SELECT id FROM watchlist WHERE id = $1::uuid FOR NO KEY UPDATE
     ), chosen AS MATERIALIZED (
       SELECT m.id FROM list JOIN watchlist_match m ON m.watchlist_id = list.id
       WHERE ($2::int8[] IS NULL OR m.id = ANY ($2::int8[])) AND (m.acknowledged_at IS NULL) = $3::boolean
       ORDER BY m.id FOR NO KEY UPDATE OF m
     ), changed AS (
       UPDATE watchlist_match m SET acknowledged_at = CASE WHEN $3::boolean THEN $4::timestamptz END,
         acknowledged_by = CASE WHEN $3::boolean THEN $5::text END
       FROM chosen WHERE m.id = chosen.id RETURNING 1
     )
     SELECT count(*) AS changed FROM changed`,
    [list.id, ids ?? null, acknowledged, ctx.now().toISOString(), ctx.caller.email],
  );
  return { success: true, changed: Number(done?.changed ?? 0) };
}
