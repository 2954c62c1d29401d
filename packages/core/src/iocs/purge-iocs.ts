import type { Context } from "../context";
import { dayMs } from "../lib";

// Withdrawn rows hardly ever change again, so the index on `updated_at` finds them.
const statement = `
WITH gone AS (
  SELECT id FROM ioc
  WHERE withdrawn_at IS NOT NULL AND withdrawn_at < $1::timestamptz AND updated_at < $1::timestamptz
    AND NOT EXISTS (SELECT FROM publication p WHERE p.ioc_id = ioc.id AND p.frozen IS NULL)
  ORDER BY updated_at, id LIMIT $2::int FOR UPDATE SKIP LOCKED
), purged AS (
  DELETE FROM ioc USING gone WHERE ioc.id = gone.id RETURNING ioc.id
), unsaid AS (
  DELETE FROM sighting USING purged WHERE sighting.ioc_id = purged.id
), unrecorded AS (
  DELETE FROM sighting_record USING purged WHERE sighting_record.ioc_id = purged.id
)
SELECT count(*)::int AS purged FROM purged`;

/**
 * Deletes what was withdrawn more than `days` ago, with its sightings, at most `batch` a call. What pollers were told
 * of it stays: a value that returns even then finds its former id revoked and gets another one.
 */
export async function purgeIocs(
  ctx: Pick<Context, "sql" | "now">,
  { days, batch = 2_000 }: { days: number; batch?: number },
): Promise<{ purged: number; full: boolean }> {
  const before = new Date(ctx.now().getTime() - days * dayMs).toISOString();
  const [row] = await ctx.sql.query<{ purged: number }>(statement, [before, batch]);
  const purged = row?.purged ?? 0;
  return { purged, full: purged === batch };
}
