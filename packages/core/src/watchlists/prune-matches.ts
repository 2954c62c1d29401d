import type { Context } from "../context";
import { dayMs } from "../lib";

// Of one that moves on meanwhile nothing is deleted: it is passed over, or seen to be newer than it was.
const statement = `
WITH gone AS (
  SELECT id FROM watchlist_match WHERE last_at < $1::timestamptz ORDER BY last_at LIMIT $2::int4 FOR UPDATE SKIP LOCKED
), pruned AS (
  DELETE FROM watchlist_match m USING gone WHERE m.id = gone.id RETURNING 1
)
SELECT count(*)::int AS pruned FROM pruned`;

/**
 * Deletes matches whose IOC or article has not changed for more than `days`, at most `batch` a call. What changes even
 * then is a match anew.
 */
export async function pruneMatches(
  ctx: Pick<Context, "sql" | "now">,
  { days, batch = 5_000 }: { days: number; batch?: number },
): Promise<{ pruned: number; full: boolean }> {
  const before = new Date(ctx.now().getTime() - days * dayMs).toISOString();
  const [row] = await ctx.sql.query<{ pruned: number }>(statement, [before, batch]);
  const pruned = row?.pruned ?? 0;
  return { pruned, full: pruned === batch };
}
