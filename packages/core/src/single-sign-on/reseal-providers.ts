import type { Context } from "../context";
import { reseal } from "../outbound";
import { sealedProvider } from "./provider-row";

/** Seals the client secrets of all providers under the current key; `lost` counts those that no known key opens. */
export async function resealProviders(ctx: Pick<Context, "db" | "peppers">): Promise<{ lost: number }> {
  const rows = await ctx.db.ssoProvider.findMany({
    where: { secret: { not: { startsWith: `s1.${ctx.peppers.current}.` } } },
    select: { id: true, secret: true },
  });
  let lost = 0;
  for (const row of rows) {
    const secret = reseal(ctx, row.secret, sealedProvider(row.id));
    if (secret === null) lost += 1;
    // One that is set anew meanwhile is sealed under the current key by that.
    else await ctx.db.ssoProvider.updateMany({ where: row, data: { secret } });
  }
  return { lost };
}
