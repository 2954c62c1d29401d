import { randomUUID } from "node:crypto";
import { type KeyAdmin, requireKeyAdmin, tierOf, workspaceOf } from "../../access";
import { appendEvent } from "../../audit";
import type { Call } from "../../context";
import { AppError, invalidParameter } from "../../errors";
import { lockWorkspace, requirePolicy, requireRightsOf } from "../key-grant";
import { signatureOf } from "../key-setting";
import { createdDetails, createdRow } from "../properties";
import { requesterOf, toKeyRequest } from "./request-row";
import { type KeyRequestAnswer, maxOpenRequests, type RequestKeyInput, requestLifeMs } from "./shape";

/**
 * Asks for a key that a second person has to approve; whoever asked collects it then. Throws `insufficient_role`,
 * `key_limit_reached` when too many wait, and `invalid_parameter`, also where no approval is needed.
 */
export async function requestKey(
  ctx: Call<KeyAdmin>,
  { reason, ...input }: RequestKeyInput,
): Promise<KeyRequestAnswer> {
  requireKeyAdmin(ctx.caller);
  const workspaceId = workspaceOf(ctx.caller);
  const now = ctx.now();
  const row = await ctx.db.$transaction(async (tx) => {
    const { policy, ...workspace } = await lockWorkspace(tx, workspaceId);
    if (!policy.require_approval) {
      throw invalidParameter({
        field: "body",
        problem: "asks for an approval that the workspace's key policy does not require",
        allowed: "to create the key itself",
      });
    }
    const tier = tierOf(workspace.tier, workspace.overrides);
    const properties = createdRow(input, { tier, policy, now });
    requireRightsOf(ctx.caller, properties.scopes);
    requirePolicy(policy, properties, now);
    const open = await tx.keyRequest.count({
      where: { workspaceId, status: "pending", createdAt: { gt: new Date(now.getTime() - requestLifeMs) } },
    });
    if (open >= maxOpenRequests) {
      throw new AppError("key_limit_reached", {
        message: `${maxOpenRequests} requests for keys wait for a decision. Decide on some first.`,
        details: { limit: maxOpenRequests, active: open },
      });
    }
    const made = await tx.keyRequest.create({
      data: {
        id: randomUUID(),
        workspaceId,
        ...requesterOf(ctx.caller),
        requestedBy: signatureOf(ctx.caller),
        ...properties,
        reason: reason || null,
        createdAt: now,
      },
    });
    const target = { type: "key_request", id: made.id, name: made.name };
    await appendEvent(
      ctx,
      { action: "key.request", target, reason: made.reason, details: createdDetails(properties) },
      tx,
    );
    return made;
  });
  return { data: toKeyRequest(row, now) };
}
