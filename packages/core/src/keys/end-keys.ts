import type { KeyAdmin } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { commitRestriction } from "../revocation";
import { signatureOf } from "./key-setting";

/** Which keys: all that a person made, all of a workspace, or those that a person made in one. */
export type KeyOwner = { createdBy: string; workspaceId?: string } | { workspaceId: string };

/** Keys that end in one transaction. */
const batch = 200;

/**
 * Ends every key of a person or a workspace for good, in every workspace: no node accepts one of them any more when this
 * resolves. For operators and for what a workspace's owner does; who may is asked before. Gives how many ended.
 */
export async function endKeysOf(ctx: Call<KeyAdmin>, owner: KeyOwner, reason: string | null): Promise<number> {
  let ended = 0;
  for (;;) {
    const [next] = await ctx.db.apiKey.findMany({
      where: { ...owner, revokedAt: null },
      orderBy: { id: "asc" },
      take: 1,
      select: { workspaceId: true },
    });
    if (!next) return ended;
    ended += await endSome(ctx, { ...owner, workspaceId: next.workspaceId }, reason);
  }
}

async function endSome(
  ctx: Call<KeyAdmin>,
  where: { workspaceId: string; createdBy?: string },
  reason: string | null,
): Promise<number> {
  return commitRestriction(ctx, async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM workspace WHERE id = ${where.workspaceId}::uuid FOR NO KEY UPDATE`;
    const keys = await tx.apiKey.findMany({
      where: { ...where, revokedAt: null },
      orderBy: { id: "asc" },
      take: batch,
      select: { id: true, name: true, prefix: true },
    });
    const ids = keys.map(({ id }) => id);
    await tx.apiKey.updateMany({
      where: { id: { in: ids }, revokedAt: null },
      data: {
        revokedAt: ctx.now(),
        revokedReason: reason,
        revokedBy: signatureOf(ctx.caller),
        version: { increment: 1 },
      },
    });
    for (const { id, name, prefix } of keys) {
      await appendEvent(
        ctx,
        {
          action: "key.revoke",
          workspaceId: where.workspaceId,
          target: { type: "key", id, name },
          reason,
          details: { prefix },
        },
        tx,
      );
    }
    return {
      result: keys.length,
      subject: keys.length > 0 ? { kind: "workspace", id: where.workspaceId } : null,
    };
  });
}
