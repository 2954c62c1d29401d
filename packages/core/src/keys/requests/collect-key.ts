import { type KeyAdmin, requireKeyAdmin, tierOf, workspaceOf } from "../../access";
import type { Call } from "../../context";
import { AppError, invalidParameter } from "../../errors";
import { insertKey, withSecret } from "../create-key";
import { lockWorkspace, requireKeyAllowance, requirePolicy, requireRightsOf } from "../key-grant";
import { toKey } from "../properties";
import { mintSecret } from "../secret";
import type { CreatedKey } from "../shape";
import { isRequester, lockRequest } from "./request-row";

/**
 * Makes the key of a request that was approved, and answers its secret, this once, to whoever asked for it: no secret was
 * there before. The policy and the tier are asked again. Throws `not_found` (also for somebody else's request),
 * `insufficient_role`, `key_limit_reached`, and `invalid_parameter` for one that is not approved, or not possible any more.
 */
export async function collectKey(ctx: Call<KeyAdmin>, { requestId }: { requestId: string }): Promise<CreatedKey> {
  requireKeyAdmin(ctx.caller);
  const workspaceId = workspaceOf(ctx.caller);
  const now = ctx.now();
  const secret = mintSecret(ctx.instance.keyPrefix);
  const { row, tier } = await ctx.db.$transaction(async (tx) => {
    const { policy, ...workspace } = await lockWorkspace(tx, workspaceId);
    const tier = tierOf(workspace.tier, workspace.overrides);
    const request = await lockRequest(ctx, tx, { requestId, status: "approved" });
    if (!isRequester(ctx.caller, request)) throw new AppError("not_found");
    const { name, allowedIps, expiresAt } = request;
    const properties = { name, scopes: request.scopes, allowedIps, expiresAt };
    requireRightsOf(ctx.caller, properties.scopes);
    requirePolicy(policy, properties, now);
    if (expiresAt && expiresAt <= now) {
      throw invalidParameter({
        field: "requestId",
        problem: "is of a key whose end has passed",
        allowed: "another one",
      });
    }
    await requireKeyAllowance(tx, workspaceId, tier, now);
    const details = { request: request.id, approved_by: request.decidedBy ?? "" };
    const row = await insertKey(ctx, tx, { secret, properties, details });
    await tx.keyRequest.update({
      where: { id: request.id },
      data: { status: "collected", keyId: row.id },
      select: { id: true },
    });
    return { row, tier };
  });
  return withSecret(toKey(row, { tier, keyPrefix: ctx.instance.keyPrefix, now }), secret);
}
