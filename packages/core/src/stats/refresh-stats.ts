import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { withAdvisoryLock } from "../lib";
import { countAll } from "./count-all";
import { isDue } from "./freshness";
import { readStored, writeStored } from "./stored";

/**
 * Counts everything again where that is due, on one node at a time, and says whether it did. `wait`: where another node
 * is at it, until that has finished.
 */
export async function refreshStats(ctx: Context, { wait = false } = {}): Promise<boolean> {
  const now = ctx.now();
  const work = async ({ query }: { query: SqlQuery }) => {
    const stored = await readStored(query);
    if (stored && !isDue(stored, now)) return false;
    const started = performance.now();
    const data = await countAll(query, now);
    const tookMs = performance.now() - started;
    await writeStored(query, data, now, tookMs);
    ctx.log.debug({ ms: Math.round(tookMs), iocs: data.totals.iocs }, "everything was counted");
    return true;
  };
  return (await withAdvisoryLock(ctx, "tocsin stats", work, { wait })) ?? false;
}

/** Has everything counted again as soon as anybody asks, whatever the last count's age. */
export async function makeStatsDue(ctx: Pick<Context, "sql">): Promise<void> {
  await ctx.sql.query("UPDATE stats SET computed_at = timestamptz 'epoch'");
}
