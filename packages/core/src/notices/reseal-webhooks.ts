import type { Context } from "../context";
import { reseal } from "../outbound";

/** Seals the secrets of all webhooks under the current key; `lost` counts those that no known key opens. */
export async function resealWebhooks(ctx: Pick<Context, "db" | "peppers">): Promise<{ lost: number }> {
  const prefix = `s1.${ctx.peppers.current}.`;
  const rows = await ctx.db.webhook.findMany({
    where: {
      OR: [{ secret: { not: { startsWith: prefix } } }, { previousSecret: { not: { startsWith: prefix } } }],
    },
    select: { id: true, secret: true, previousSecret: true },
  });
  let lost = 0;
  for (const row of rows) {
    const secret = reseal(ctx, row.secret, row.id);
    const previousSecret = row.previousSecret && (reseal(ctx, row.previousSecret, row.id) ?? row.previousSecret);
    if (secret === null) lost += 1;
    // One that is changed meanwhile is sealed under the current key by that.
    await ctx.db.webhook.updateMany({ where: row, data: { secret: secret ?? row.secret, previousSecret } });
  }
  return { lost };
}
