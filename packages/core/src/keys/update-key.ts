import { type KeyAdmin, requireKeyAdmin, tierOf, workspaceOf } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { commitRestriction } from "../revocation";
import type { UpdatedKey, UpdateKeyInput } from "./change-shape";
import { lockWorkspace, requireKeyAllowance, requirePolicyOfChange, requireRightsOf } from "./key-grant";
import { keySetting } from "./key-setting";
import { lockKey } from "./lock-key";
import { differences, type SettableRow, toKey, updatedRow } from "./properties";
import { keyColumns } from "./shape";

/**
 * Changes what a key is called and what it may do; what the input does not name stays. No node goes by what it was when
 * this resolves. An expired key works again with a later end. Throws `not_found`, `insufficient_role`,
 * `invalid_parameter` (a revoked key too), `approval_required`, `key_limit_reached` where an expired key would be one too many, and
 * `service_unavailable` when the change is stored but a node has not confirmed it yet.
 */
export async function updateKey(ctx: Call<KeyAdmin>, input: UpdateKeyInput): Promise<UpdatedKey> {
  requireKeyAdmin(ctx.caller);
  const setting = await keySetting(ctx);
  const { now } = setting;
  const row = await commitRestriction(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx.caller);
    const workspace = await lockWorkspace(tx, workspaceId);
    const tier = tierOf(workspace.tier, workspace.overrides);
    const key = await lockKey(ctx, tx, input.keyId);
    const next = updatedRow(input, key, { tier, policy: workspace.policy, now });
    const added = next.scopes.filter((scope) => !key.scopes.includes(scope));
    requireRightsOf(ctx.caller, added);
    requirePolicyOfChange(workspace.policy, { before: key, after: next, createdAt: key.createdAt });
    if (hasEnded(key, now) && !hasEnded(next, now)) await requireKeyAllowance(tx, workspaceId, tier, now);
    const { before, after } = differences(key, next);
    if (Object.keys(after).length === 0) {
      return {
        result: await tx.apiKey.findUniqueOrThrow({ where: { id: key.id }, select: keyColumns(now) }),
        subject: null,
      };
    }
    const result = await tx.apiKey.update({
      where: { id: key.id },
      data: { ...next, version: { increment: 1 } },
      select: keyColumns(now),
    });
    await appendEvent(
      ctx,
      { action: "key.update", target: { type: "key", id: key.id, name: next.name }, details: { before, after } },
      tx,
    );
    return { result, subject: { kind: "key", id: key.id } };
  });
  return { data: toKey(row, setting) };
}

function hasEnded({ expiresAt }: SettableRow, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
