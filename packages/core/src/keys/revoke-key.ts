import { type KeyAdmin, requireKeyAdmin, workspaceOf } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";
import { commitRestriction } from "../revocation";
import { signatureOf } from "./key-setting";
import type { RevokedKey, RevokeKeyInput } from "./shape";

const revoked: RevokedKey = { success: true, message: "API key revoked successfully" };

/**
 * Ends a key for good: no node accepts it any more when this resolves. Again is no error: the first reason and time
 * stay. Throws `not_found` for an id that is not of this workspace, whether it exists or not, `insufficient_role` for a
 * member, and `service_unavailable` when the key is revoked but a node has not confirmed it yet.
 */
export async function revokeKey(ctx: Call<KeyAdmin>, input: RevokeKeyInput): Promise<RevokedKey> {
  requireKeyAdmin(ctx.caller);
  if (!isUuid(input.keyId)) throw new AppError("not_found");
  const where = { id: input.keyId, workspaceId: workspaceOf(ctx.caller) };
  const reason = input.reason || null;
  return commitRestriction(ctx, async (tx) => {
    // Of two at once, the second waits for the row and then finds it revoked.
    const { count } = await tx.apiKey.updateMany({
      where: { ...where, revokedAt: null },
      data: {
        revokedAt: ctx.now(),
        revokedReason: reason,
        revokedBy: signatureOf(ctx.caller),
        version: { increment: 1 },
      },
    });
    const key = await tx.apiKey.findFirst({ where, select: { id: true, name: true, prefix: true } });
    if (!key) throw new AppError("not_found");
    if (count > 0) {
      const target = { type: "key", id: key.id, name: key.name };
      await appendEvent(ctx, { action: "key.revoke", target, reason, details: { prefix: key.prefix } }, tx);
    }
    return { result: revoked, subject: count > 0 ? { kind: "key", id: key.id } : null };
  });
}
