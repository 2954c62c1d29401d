import type { Context } from "../context";

/** The ids among `ids` that are due, not paused and claimed by nobody; the longest overdue first. */
export async function dueFeeds(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.sql.query<{ id: string }>(
    `SELECT id FROM feed
     WHERE id = ANY($1::text[]) AND enabled AND next_due_at <= now() AND (claimed_until IS NULL OR claimed_until < now())
     ORDER BY next_due_at, id`,
    [ids],
  );
  return rows.map((row) => row.id);
}
