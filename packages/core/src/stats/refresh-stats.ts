import type { Context } from "../context";
import { countAll } from "./count-all";
import { isDue } from "./freshness";
import { readStored, writeStored } from "./stored";

/**
 * Counts everything again where that is due, on one node at a time, and says whether it did. `wait`: where another node
 * is at it, until that has finished.
 */
export async function refreshStats(ctx: Context, { wait = false } = {}): Promise<boolean> {
  const now = ctx.now();
  return ctx.sql.begin(async ({ query }) => {
    if (wait) await query("SELECT pg_advisory_xact_lock(hashtext('tocsin stats'))");
    else {
      const [lock] = await query<{ free: boolean }>(
        "SELECT pg_try_advisory_xact_lock(hashtext('tocsin stats')) AS free",
      );
      if (!lock?.free) return false;
    }
    const stored = await readStored(query);
    if (stored && !isDue(stored, now)) return false;
    const started = performance.now();
    const data = await countAll(query, now);
    const tookMs = performance.now() - started;
    await writeStored(query, data, now, tookMs);
    ctx.log.debug({ ms: Math.round(tookMs), iocs: data.totals.iocs }, "everything was counted");
    return true;
  });
}
