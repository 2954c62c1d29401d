import type { Context } from "../context";
import { dayMs } from "../lib";

/**
 * When anything that is stored last became another, null where nothing is: by a change of any record, one that ended or
 * went out of a filter too, or by time, as the lookback left one behind. Nothing that was read since can have become less
 * or more. Two probes of an index.
 */
export async function lastChange(
  ctx: Pick<Context, "sql" | "now"> & { readonly caller: { readonly tier: { readonly iocLookbackDays: number } } },
): Promise<Date | null> {
  const lookback = ctx.caller.tier.iocLookbackDays * dayMs;
  const floor = new Date(Math.max(0, ctx.now().getTime() - lookback));
  const [row] = await ctx.sql.query<{ newest: Date | null; left: Date | null }>(
    `SELECT (SELECT max(updated_at) FROM ioc) AS newest,
       (SELECT max(updated_at) FROM ioc WHERE updated_at < $1::timestamptz) AS left`,
    [floor.toISOString()],
  );
  const { newest = null, left = null } = row ?? {};
  if (newest === null) return null;
  return new Date(Math.max(newest.getTime(), left === null ? 0 : left.getTime() + lookback));
}
