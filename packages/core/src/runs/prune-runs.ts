import type { Context } from "../context";

const badLineDays = 14;
const runDays = 90;

/**
 * Forgets what nobody looks at any more: bad lines after two weeks, runs after three months. Runs that brought new
 * sightings stay, since their sum is what `listFeeds` counts; running ones too.
 */
export async function pruneRuns(ctx: Context): Promise<{ deleted: number }> {
  await ctx.sql.query(
    `UPDATE feed_run SET bad_lines = '[]'::jsonb
     WHERE feed_id IN (SELECT id FROM feed) AND started_at < now() - make_interval(days => $1) AND bad_lines <> '[]'::jsonb`,
    [badLineDays],
  );
  const [row] = await ctx.sql.query<{ deleted: number }>(
    `WITH gone AS (
       DELETE FROM feed_run
       WHERE feed_id IN (SELECT id FROM feed) AND started_at < now() - make_interval(days => $1)
         AND sightings_new = 0 AND status <> 'running'
       RETURNING 1
     )
     SELECT count(*) AS deleted FROM gone`,
    [runDays],
  );
  return { deleted: row?.deleted ?? 0 };
}
