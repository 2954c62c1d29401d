import { randomUUID } from "node:crypto";
import { type Authorized, requireRight, type SessionCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError } from "../errors";
import { mintSecret, prefixOf, sealSecret } from "../keys";
import { dayMs } from "../lib";
import { managePrefixOf } from "./prefix";
import { type CreatedToken, type CreateTokenInput, maxTokens, tokenColumns, toToken } from "./shape";

const warning = "Store this token now: only its hash is kept, and it is never shown again.";

/** Makes a token and answers its secret, this once. Only people make tokens: a token cannot. Throws `insufficient_role`, `key_limit_reached`. */
export async function createToken(
  ctx: Call<Authorized<SessionCaller>>,
  input: CreateTokenInput,
): Promise<CreatedToken> {
  requireRight(ctx.caller, "tokens:write");
  // Who provisions members decides who they are, as the identity provider does.
  if (input.scopes.includes("manage:members")) requireRight(ctx.caller, "sso:write");
  const { workspaceId } = ctx.caller;
  const now = ctx.now();
  const tokenPrefix = managePrefixOf(ctx.instance.keyPrefix);
  const secret = mintSecret(tokenPrefix);
  const prefix = prefixOf(secret, tokenPrefix);
  const row = await ctx.db.$transaction(async (tx) => {
    // Those who make tokens in one workspace wait for each other, so that each counts the one before.
    await tx.$queryRaw`SELECT id FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    const active = await tx.managementToken.count({ where: { workspaceId, revokedAt: null, expiresAt: { gt: now } } });
    if (active >= maxTokens) {
      throw new AppError("key_limit_reached", {
        message: `The workspace holds ${maxTokens} active management tokens. Revoke one first.`,
        details: { limit: maxTokens, active },
      });
    }
    const made = await tx.managementToken.create({
      data: {
        id: randomUUID(),
        workspaceId,
        name: input.name,
        prefix,
        ...sealSecret(secret, ctx.peppers),
        scopes: input.scopes,
        allowedIps: input.allowedIps,
        createdAt: now,
        createdBy: ctx.caller.email,
        expiresAt: new Date(now.getTime() + input.expiresInDays * dayMs),
      },
      select: tokenColumns,
    });
    const target = { type: "token", id: made.id, name: made.name };
    const details = {
      prefix,
      scopes: input.scopes,
      allowed_ips: input.allowedIps,
      expires_at: made.expiresAt.toISOString(),
    };
    await appendEvent(ctx, { action: "token.create", target, details }, tx);
    return made;
  });
  return { data: { ...toToken(row, now), token: secret }, meta: { warning } };
}
