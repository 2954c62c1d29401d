import type { Prisma } from "@tocsin/db";
import { type KeyAdmin, scopes, workspaceOf } from "../../access";
import type { Call } from "../../context";
import { AppError, invalidParameter, isUuid } from "../../errors";
import { type KeyRequest, type KeyRequestStatus, requestLifeMs } from "./shape";

export type KeyRequestRow = Prisma.KeyRequestGetPayload<object>;

/** Who asks, as a request's row keeps it. */
export function requesterOf(caller: KeyAdmin): { requesterType: string; requesterId: string | null } {
  if (caller.kind === "session") return { requesterType: "user", requesterId: caller.userId };
  if (caller.kind === "token") return { requesterType: "token", requesterId: caller.tokenId };
  return { requesterType: "system", requesterId: null };
}

export function isRequester(caller: KeyAdmin, row: Pick<KeyRequestRow, "requesterType" | "requesterId">): boolean {
  const { requesterType, requesterId } = requesterOf(caller);
  return row.requesterType === requesterType && row.requesterId === requesterId;
}

export function statusOfRequest(row: Pick<KeyRequestRow, "status" | "createdAt" | "decidedAt">, now: Date) {
  const status = row.status as KeyRequestStatus;
  const lapsesAt = lapseOf(row);
  return lapsesAt && lapsesAt <= now ? "lapsed" : status;
}

function lapseOf({ status, createdAt, decidedAt }: Pick<KeyRequestRow, "status" | "createdAt" | "decidedAt">) {
  if (status === "pending") return new Date(createdAt.getTime() + requestLifeMs);
  return status === "approved" && decidedAt ? new Date(decidedAt.getTime() + requestLifeMs) : null;
}

export function toKeyRequest(row: KeyRequestRow, now: Date): KeyRequest {
  return {
    id: row.id,
    status: statusOfRequest(row, now),
    name: row.name,
    scopes: scopes.filter((scope) => row.scopes.includes(scope)),
    allowed_ips: row.allowedIps.length > 0 ? row.allowedIps : null,
    expires_at: row.expiresAt?.toISOString() ?? null,
    reason: row.reason,
    requested_by: row.requestedBy,
    created_at: row.createdAt.toISOString(),
    lapses_at: lapseOf(row)?.toISOString() ?? null,
    decided_by: row.decidedBy,
    decided_at: row.decidedAt?.toISOString() ?? null,
    decline_reason: row.declineReason,
    key_id: row.keyId,
  };
}

/** The request as it is now, locked until `tx` ends. Throws `not_found`, and `invalid_parameter` unless its status is `status`. */
export async function lockRequest(
  ctx: Call<KeyAdmin>,
  tx: Prisma.TransactionClient,
  { requestId: id, status }: { requestId: string; status: KeyRequestStatus },
): Promise<KeyRequestRow> {
  if (!isUuid(id)) throw new AppError("not_found");
  await tx.$queryRaw`SELECT id::text FROM key_request WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.keyRequest.findFirst({ where: { id, workspaceId: workspaceOf(ctx.caller) } });
  if (!row) throw new AppError("not_found");
  const is = statusOfRequest(row, ctx.now());
  if (is === status) return row;
  throw invalidParameter({
    field: "requestId",
    problem: `is of a request that is ${is}`,
    allowed: `one that is ${status}`,
  });
}
