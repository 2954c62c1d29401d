import type { Context } from "../context";
import { dayMs } from "../lib";
import type { DailyUsage } from "./shape";

/** The key's requests of the last `days` UTC days, today included: one row for every day, newest first. */
export async function dailyUsage(ctx: Pick<Context, "db" | "now">, keyId: string, days: number): Promise<DailyUsage[]> {
  const today = Math.floor(ctx.now().getTime() / dayMs);
  const rows = await ctx.db.usageDay.findMany({
    where: { keyId, day: { gt: new Date((today - days) * dayMs) } },
    select: { day: true, requests: true, errors: true },
  });
  const byDay = new Map(rows.map((row) => [Math.floor(row.day.getTime() / dayMs), row]));
  return Array.from({ length: days }, (_, back) => {
    const day = byDay.get(today - back);
    const date = new Date((today - back) * dayMs).toISOString().slice(0, 10);
    return { date, requests: day?.requests ?? 0, errors: day?.errors ?? 0 };
  });
}
