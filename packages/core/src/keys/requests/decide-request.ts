import type { Prisma } from "@tocsin/db";
import { type Authorized, type KeyAdmin, requireKeyAdmin, type SessionCaller } from "../../access";
import { appendEvent } from "../../audit";
import type { Call } from "../../context";
import { AppError } from "../../errors";
import { requireRightsOf } from "../key-grant";
import { signatureOf } from "../key-setting";
import { isRequester, type KeyRequestRow, lockRequest, toKeyRequest } from "./request-row";
import type { DecideKeyRequestInput, KeyRequestAnswer } from "./shape";

/**
 * Approves or declines what somebody else asked for. No key is made yet: whoever asked collects it. Throws `not_found`,
 * `insufficient_role`, `approval_required` for one's own request, and `invalid_parameter` for one that is decided.
 */
export async function decideKeyRequest(
  ctx: Call<Authorized<SessionCaller>>,
  { requestId, approve, reason }: DecideKeyRequestInput,
): Promise<KeyRequestAnswer> {
  requireKeyAdmin(ctx.caller);
  const now = ctx.now();
  const row = await ctx.db.$transaction(async (tx) => {
    const found = await lockRequest(ctx, tx, { requestId, status: "pending" });
    if (approve) {
      requireRightsOf(ctx.caller, found.scopes);
      await requireSecondPerson(ctx, tx, found);
    }
    const decided = await tx.keyRequest.update({
      where: { id: found.id },
      data: {
        status: approve ? "approved" : "declined",
        decidedAt: now,
        decidedBy: signatureOf(ctx.caller),
        declineReason: approve ? null : reason || null,
      },
    });
    const target = { type: "key_request", id: found.id, name: found.name };
    const action = approve ? "key.approve" : "key.decline";
    const details = { requested_by: found.requestedBy };
    await appendEvent(ctx, { action, target, reason: reason || null, details }, tx);
    return decided;
  });
  return { data: toKeyRequest(row, now) };
}

/** Takes back what one has asked for, decided or not. Throws `not_found`, and `invalid_parameter` unless it is pending. */
export async function withdrawKeyRequest(
  ctx: Call<KeyAdmin>,
  { requestId }: { requestId: string },
): Promise<KeyRequestAnswer> {
  requireKeyAdmin(ctx.caller);
  const row = await ctx.db.$transaction(async (tx) => {
    const found = await lockRequest(ctx, tx, { requestId, status: "pending" });
    if (!isRequester(ctx.caller, found)) throw new AppError("not_found");
    const target = { type: "key_request", id: found.id, name: found.name };
    const withdrawn = await tx.keyRequest.update({ where: { id: found.id }, data: { status: "withdrawn" } });
    await appendEvent(ctx, { action: "key.withdraw", target }, tx);
    return withdrawn;
  });
  return { data: toKeyRequest(row, ctx.now()) };
}

/** Whoever asked is no second person, nor is who made the token that asked. */
async function requireSecondPerson(
  ctx: Call<Authorized<SessionCaller>>,
  tx: Prisma.TransactionClient,
  row: KeyRequestRow,
): Promise<void> {
  const token =
    row.requesterType === "token" && row.requesterId
      ? await tx.managementToken.findUnique({ where: { id: row.requesterId }, select: { createdBy: true } })
      : null;
  if (!isRequester(ctx.caller, row) && token?.createdBy !== ctx.caller.email) return;
  throw new AppError("approval_required", {
    message: "You asked for this key yourself, or by a token that you made: a second person has to approve it.",
  });
}
