import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { dayMs, withAdvisoryLock } from "../lib";

/** Partitions that stand ready before their month begins. */
const monthsAhead = 2;

export type UsageRetention = { minuteDays: number; hourDays: number };

export type RollUpReport = { daysSettled: number; partitionsMade: string[]; partitionsDropped: string[] };

/**
 * Once a day, by any number of nodes: counts the peaks of days that are over, makes the partitions of the months to
 * come, and drops those of months that are wholly older than what is kept; so minutes and hours stay for at least their
 * days, and up to a month longer. The days, which each flush has written too, stay for ever.
 */
export async function rollUpUsage(
  ctx: Pick<Context, "sql" | "now" | "log">,
  keep: UsageRetention,
): Promise<RollUpReport> {
  const daysSettled = await settlePeaks(ctx);
  const partitionsMade = await makePartitions(ctx);
  const now = ctx.now().getTime();
  const partitionsDropped: string[] = [];
  for (const [parent, column, keptDays] of [
    ["usage_minute", "minute", keep.minuteDays],
    ["usage_hour", "hour", keep.hourDays],
  ] as const) {
    const cutoff = startOfDay(now, keptDays);
    for (const name of await overPartitions(ctx, parent, cutoff)) {
      await underRollUpLock(ctx, ({ query }) => query(`DROP TABLE IF EXISTS usage_partition.${name}`));
      partitionsDropped.push(name);
    }
    await ctx.sql.query(`DELETE FROM usage_partition.${parent}_default WHERE ${column} < $1::timestamptz`, [
      new Date(cutoff).toISOString(),
    ]);
  }
  // A process sends a batch again within seconds, or has ended.
  await ctx.sql.query("DELETE FROM usage_batch WHERE written_at < CURRENT_TIMESTAMP - interval '7 days'");
  return { daysSettled, partitionsMade, partitionsDropped };
}

/** A day's peak is counted from its minutes once the day is over (write-usage). */
async function settlePeaks(ctx: Pick<Context, "sql" | "now">): Promise<number> {
  const [row] = await ctx.sql.query<{ n: number }>(
    `WITH peaks AS (
       SELECT key_id, day, max(requests) AS peak FROM (
         SELECT key_id, day, minute, sum(usage_minute.requests)::int AS requests
         FROM usage_day JOIN usage_minute USING (key_id)
         WHERE usage_day.peak IS NULL AND day < $1::date
           AND minute >= day::timestamp AT TIME ZONE 'UTC' AND minute < (day + 1)::timestamp AT TIME ZONE 'UTC'
         GROUP BY 1, 2, 3
       ) AS minutes GROUP BY 1, 2
     ), settled AS (
       UPDATE usage_day SET peak = peaks.peak FROM peaks
       WHERE usage_day.key_id = peaks.key_id AND usage_day.day = peaks.day RETURNING 1
     )
     SELECT count(*) AS n FROM settled`,
    [new Date(startOfDay(ctx.now().getTime(), 0)).toISOString().slice(0, 10)],
  );
  return row?.n ?? 0;
}

/** The names of those that were not there. */
async function makePartitions(ctx: Pick<Context, "sql" | "now" | "log">): Promise<string[]> {
  const now = ctx.now();
  const made: string[] = [];
  for (let ahead = 0; ahead <= monthsAhead; ahead++) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 10);
    for (const parent of ["usage_minute", "usage_hour"]) {
      const name = `${parent}_${month.slice(0, 7).replace("-", "_")}`;
      if (await makePartition(ctx, { parent, month, name })) made.push(name);
    }
  }
  return made;
}

/** Whether it was made: not where it was there, nor where rows of its month came before it. */
async function makePartition(
  ctx: Pick<Context, "sql" | "log">,
  { parent, month, name }: { parent: string; month: string; name: string },
): Promise<boolean> {
  try {
    return await underRollUpLock(ctx, async ({ query }) => {
      if (await stands(query, name)) return false;
      await query("SELECT usage_make_partition($1, $2::date)", [parent, month]);
      return true;
    });
  } catch (error) {
    // Rows of that month stand in the default partition already, and stay there until they are old.
    if (!isOverlap(error)) throw error;
    ctx.log.warn({ parent, month }, "usage of this month came before its partition was made");
    return false;
  }
}

/** Asked of the table of tables: to_regclass may still see what another node has just dropped. */
async function stands(query: SqlQuery, name: string): Promise<boolean> {
  const rows = await query("SELECT 1 FROM pg_tables WHERE schemaname = 'usage_partition' AND tablename = $1", [name]);
  return rows.length > 0;
}

/** PostgreSQL's check_violation: the default partition holds rows of the new one. */
function isOverlap(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23514";
}

/** The partitions whose month ended before `cutoff`, oldest first. */
async function overPartitions(ctx: Pick<Context, "sql">, parent: string, cutoff: number): Promise<string[]> {
  const rows = await ctx.sql.query<{ name: string }>(
    `SELECT child.relname AS name FROM pg_inherits
     JOIN pg_class AS child ON child.oid = inhrelid WHERE inhparent = to_regclass($1) ORDER BY 1`,
    [`public.${parent}`],
  );
  return rows.flatMap(({ name }) => {
    const found = /_([0-9]{4})_([0-9]{2})$/.exec(name);
    // The month's number counts from 1, so this is the beginning of the next.
    return found && Date.UTC(Number(found[1]), Number(found[2]), 1) <= cutoff ? [name] : [];
  });
}

/** In a transaction of its own, of one node at a time, which gives up rather than keep flushes waiting. */
function underRollUpLock<T>(ctx: Pick<Context, "sql">, work: (tx: { query: SqlQuery }) => Promise<T>): Promise<T> {
  return withAdvisoryLock(ctx, "tocsin usage roll-up", work, { wait: true, patienceMs: 3_000 });
}

/** The beginning of the UTC day `back` days before that of `now`. */
function startOfDay(now: number, back: number): number {
  return (Math.floor(now / dayMs) - back) * dayMs;
}
