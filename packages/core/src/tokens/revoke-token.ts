import { type Authorized, requireRight, type SessionCaller, type SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";
import { type RevokeTokenInput, type Token, tokenColumns, toToken } from "./shape";

/**
 * Ends a token for good, on every node at once: each use of one reads its row. Again is no error: the first time stays.
 * Throws `not_found` for an id that is not of this workspace, and `insufficient_role`.
 */
export async function revokeToken(
  ctx: Call<Authorized<SessionCaller> | Authorized<SystemCaller & { readonly workspaceId: string }>>,
  input: RevokeTokenInput & { reason?: string },
): Promise<{ data: Token }> {
  const { caller } = ctx;
  requireRight(caller, "tokens:write");
  if (!isUuid(input.tokenId)) throw new AppError("not_found");
  const where = { id: input.tokenId, workspaceId: caller.workspaceId };
  const now = ctx.now();
  const row = await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.managementToken.updateMany({
      where: { ...where, revokedAt: null },
      data: { revokedAt: now, revokedBy: caller.kind === "session" ? caller.email : caller.name },
    });
    const found = await tx.managementToken.findFirst({ where, select: tokenColumns });
    if (!found) throw new AppError("not_found");
    if (count > 0) {
      const target = { type: "token", id: found.id, name: found.name };
      const details = { prefix: found.prefix };
      await appendEvent(ctx, { action: "token.revoke", target, reason: input.reason ?? null, details }, tx);
    }
    return found;
  });
  return { data: toToken(row, now) };
}
