import type { Context } from "../context";
import { reseal } from "../outbound";
import { sealedRow } from "./save-own-feed";

/** Seals the secrets of all feeds under the current key; `lost` counts those that no known key opens. */
export async function resealOwnFeeds(ctx: Pick<Context, "db" | "peppers">): Promise<{ lost: number }> {
  const rows = await ctx.db.ownFeed.findMany({
    where: { secret: { not: { startsWith: `s1.${ctx.peppers.current}.` } } },
    select: { id: true, secret: true },
  });
  let lost = 0;
  for (const row of rows) {
    if (row.secret === null) continue;
    const secret = reseal(ctx, row.secret, sealedRow(row.id));
    if (secret === null) lost += 1;
    // One that is changed meanwhile is sealed under the current key by that.
    else await ctx.db.ownFeed.updateMany({ where: row, data: { secret } });
  }
  return { lost };
}
