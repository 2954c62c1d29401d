import { createHash } from "node:crypto";
import type { Context } from "../context";
import { dayMs } from "../lib";

/** What a scanner's report was answered with, when the same body was acted on within a day; else null. */
export async function findDelivery(ctx: Pick<Context, "db" | "now">, body: Uint8Array): Promise<boolean[] | null> {
  const since = new Date(ctx.now().getTime() - dayMs);
  const found = await ctx.db.leakDelivery.findFirst({
    where: { digest: digestOf(body), at: { gt: since } },
    select: { known: true },
  });
  return found?.known ?? null;
}

/** Keeps what a body was answered with, once it has been acted on, and forgets those of more than a day ago. */
export async function keepDelivery(
  ctx: Pick<Context, "db" | "now">,
  body: Uint8Array,
  known: readonly boolean[],
): Promise<void> {
  const at = ctx.now();
  const digest = digestOf(body);
  await ctx.db.leakDelivery.deleteMany({ where: { at: { lte: new Date(at.getTime() - dayMs) } } });
  await ctx.db.leakDelivery.createMany({ data: [{ digest, known: [...known], at }], skipDuplicates: true });
}

function digestOf(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(body).digest());
}
