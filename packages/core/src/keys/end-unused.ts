import type { Authorized, SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { commitRestriction } from "../revocation";
import { signatureOf } from "./key-setting";

/**
 * Ends a key of a workspace that nobody has used since `since`, and that no node accepts any more when this resolves.
 * Asked under lock: a use that was written meanwhile keeps it. Whether it ended.
 */
export async function endUnusedKey(
  ctx: Call<Authorized<SystemCaller>>,
  { keyId, since, days }: { keyId: string; since: Date; days: number },
): Promise<boolean> {
  const reason = `Not used for ${days} days: the workspace's key policy`;
  return commitRestriction(ctx, async (tx) => {
    const [key] = await tx.$queryRaw<
      { name: string; prefix: string; workspaceId: string; last_used_at: Date | null }[]
    >`
      SELECT name, prefix, workspace_id::text AS "workspaceId", last_used_at FROM api_key
      WHERE id = ${keyId}::uuid AND revoked_at IS NULL AND COALESCE(last_used_at, created_at) <= ${since}
      FOR NO KEY UPDATE`;
    if (!key) return { result: false, subject: null };
    await tx.apiKey.update({
      where: { id: keyId },
      data: {
        revokedAt: ctx.now(),
        revokedReason: reason,
        revokedBy: signatureOf(ctx.caller),
        version: { increment: 1 },
      },
      select: { id: true },
    });
    const target = { type: "key", id: keyId, name: key.name };
    const details = { prefix: key.prefix, last_used_at: key.last_used_at?.toISOString() ?? null, unused_days: days };
    await appendEvent(ctx, { action: "key.revoke", workspaceId: key.workspaceId, target, reason, details }, tx);
    return { result: true, subject: { kind: "key", id: keyId } };
  });
}
