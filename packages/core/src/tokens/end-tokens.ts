import type { Authorized, SessionCaller, SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";

/** Ends every management token that a person made, in every workspace; who may is asked before. Gives how many ended. */
export async function endTokensOf(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { createdBy }: { createdBy: string },
  reason: string | null,
): Promise<number> {
  const { caller } = ctx;
  return ctx.db.$transaction(async (tx) => {
    const tokens = await tx.managementToken.findMany({
      where: { createdBy, revokedAt: null },
      orderBy: [{ workspaceId: "asc" }, { id: "asc" }],
      select: { id: true, name: true, prefix: true, workspaceId: true },
    });
    const where = { id: { in: tokens.map(({ id }) => id) } };
    const revokedBy = caller.kind === "session" ? caller.email : caller.name;
    await tx.managementToken.updateMany({ where, data: { revokedAt: ctx.now(), revokedBy } });
    for (const { id, name, prefix, workspaceId } of tokens) {
      const target = { type: "token", id, name };
      await appendEvent(ctx, { action: "token.revoke", workspaceId, target, reason, details: { prefix } }, tx);
    }
    return tokens.length;
  });
}
