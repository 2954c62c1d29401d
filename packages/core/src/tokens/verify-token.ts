import { type Authorized, authenticated, manageScopes, type TokenCaller, tierOf } from "../access";
import type { Context } from "../context";
import { hashesOf, isSecret } from "../keys";
import { minuteMs } from "../lib";
import { addressAllowed } from "../values";

export type TokenRefusal = "invalid_token" | "expired_token" | "ip_not_allowed";

/** `token` is there when the secret belongs to one, for the audit log; it is never for the caller. */
export type TokenVerdict =
  | { usable: true; caller: Authorized<TokenCaller> }
  | { usable: false; code: TokenRefusal; token?: { id: string; name: string; workspaceId: string } };

type Facts = {
  id: string;
  name: string;
  workspaceId: string;
  scopes: string[];
  allowedIps: string[];
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  suspendedAt: Date | null;
  tier: string;
  overrides: unknown;
};

const usedEveryMs = minuteMs;

/** Decides a management token by the database as it is now, always: what is revoked is so on every node at once. */
export async function verifyToken(
  ctx: Pick<Context, "sql" | "now" | "peppers">,
  secret: string,
  ip: string | null,
): Promise<TokenVerdict> {
  if (!isSecret(secret)) return { usable: false, code: "invalid_token" };
  const [facts] = await ctx.sql.query<Facts>(factsOfToken, [hashesOf(secret, ctx.peppers)]);
  if (!facts) return { usable: false, code: "invalid_token" };
  const now = ctx.now();
  const code = refusalOf(facts, ip, now);
  const { id, name, workspaceId } = facts;
  if (code) return { usable: false, code, token: { id, name, workspaceId } };
  if (!facts.lastUsedAt || now.getTime() - facts.lastUsedAt.getTime() >= usedEveryMs) {
    await ctx.sql.query("UPDATE management_token SET last_used_at = $2::timestamptz WHERE id = $1::uuid", [
      id,
      now.toISOString(),
    ]);
  }
  const tier = tierOf(facts.tier, facts.overrides);
  const scopes = manageScopes.filter((scope) => facts.scopes.includes(scope));
  const caller: TokenCaller = {
    kind: "token",
    tokenId: id,
    tokenName: name,
    workspaceId,
    tier,
    scopes,
  };
  return { usable: true, caller: authenticated(caller) };
}

/** Ends are exclusive: at `expiresAt` the token has expired. */
function refusalOf(facts: Facts, ip: string | null, now: Date): TokenRefusal | null {
  if (facts.revokedAt || facts.suspendedAt) return "invalid_token";
  if (facts.expiresAt <= now) return "expired_token";
  return addressAllowed(facts.allowedIps, ip) ? null : "ip_not_allowed";
}

const factsOfToken = `
  SELECT t.id, t.name, t.workspace_id AS "workspaceId", t.scopes, t.allowed_ips AS "allowedIps",
    t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt", t.last_used_at AS "lastUsedAt",
    w.suspended_at AS "suspendedAt", w.tier, w.overrides
  FROM management_token t JOIN workspace w ON w.id = t.workspace_id
  WHERE t.hash = ANY ($1::text[]::bytea[])`;
