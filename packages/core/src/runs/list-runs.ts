import type { Context } from "../context";
import { AppError } from "../errors";
import { type RunRow, type RunShape, runColumns, toRun } from "./shape";

/** The last runs of one feed, newest first; throws `not_found` for a feed that this instance never had. */
export async function listRuns(ctx: Context, feedId: string, options: { limit?: number } = {}): Promise<RunShape[]> {
  const rows = await ctx.sql.query<RunRow>(
    `SELECT ${runColumns} FROM feed_run WHERE feed_id = $1 ORDER BY started_at DESC LIMIT $2`,
    [feedId, options.limit ?? 50],
  );
  if (rows.length === 0) {
    const known = await ctx.sql.query("SELECT 1 FROM feed WHERE id = $1", [feedId]);
    if (known.length === 0) throw new AppError("not_found");
  }
  return rows.map(toRun);
}
