import type { Context } from "../context";

/** What has changed and no poller can see yet: how many changes, and the seconds that the oldest has waited. */
export type Backlog = { readonly changes: number; readonly oldestSeconds: number };

/** Counts no further: whoever is so far behind need not be counted out at every look. */
const mostCounted = 100_000;

export async function readBacklog(ctx: Pick<Context, "sql">): Promise<Backlog> {
  const [row] = await ctx.sql.query<{ changes: number; age: number | null }>(
    `SELECT (SELECT count(*)::int FROM (SELECT FROM ioc_change LIMIT ${mostCounted}) AS waiting) AS changes,
       (SELECT date_part('epoch', clock_timestamp() - queued_at) FROM ioc_change ORDER BY seq LIMIT 1) AS age`,
  );
  return { changes: row?.changes ?? 0, oldestSeconds: Math.max(0, row?.age ?? 0) };
}
