import type { Prisma } from "@tocsin/db";
import { type KeyAdmin, workspaceOf } from "../access";
import type { Call } from "../context";
import { AppError, invalidParameter, isUuid } from "../errors";
import { type SettableRow, settableColumns } from "./properties";

export type LockedKey = SettableRow & { id: string; prefix: string; createdAt: Date };

/**
 * The key as it is now, locked until `tx` ends. Throws `not_found` for an id that is not of the caller's workspace, and
 * `invalid_parameter` for a key that has been revoked: nothing of it can be changed any more.
 */
export async function lockKey(ctx: Call<KeyAdmin>, tx: Prisma.TransactionClient, keyId: string): Promise<LockedKey> {
  if (!isUuid(keyId)) throw new AppError("not_found");
  const workspaceId = workspaceOf(ctx.caller);
  await tx.$queryRaw`
    SELECT id::text FROM api_key WHERE id = ${keyId}::uuid AND workspace_id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  const found = await tx.apiKey.findFirst({
    where: { id: keyId, workspaceId },
    select: { id: true, prefix: true, createdAt: true, ...settableColumns, revokedAt: true },
  });
  if (!found) throw new AppError("not_found");
  const { revokedAt, ...key } = found;
  if (revokedAt) throw unchangeable("is of a key that has been revoked");
  return key;
}

export function unchangeable(problem: string): AppError {
  return invalidParameter({ field: "keyId", problem, allowed: "a key that works" });
}
