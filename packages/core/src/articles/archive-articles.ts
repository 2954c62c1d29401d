import type { Context } from "../context";
import { dayMs } from "../lib";

/** Takes articles out of lists that last changed here more than so many days ago; gives how many. */
export async function archiveArticles(ctx: Pick<Context, "sql" | "now">, days: number): Promise<number> {
  const now = ctx.now();
  const before = new Date(now.getTime() - days * dayMs);
  const [row] = await ctx.sql.query<{ n: number }>(
    `WITH archived AS (
       UPDATE article SET archived_at = $1::timestamptz WHERE archived_at IS NULL AND modified_at < $2::timestamptz RETURNING 1
     ) SELECT count(*)::int AS n FROM archived`,
    [now.toISOString(), before.toISOString()],
  );
  return row?.n ?? 0;
}
