import { type Authorized, type KeyCaller, vouch } from "../access";
import type { Context } from "../context";
import { hashSecret, isSecret } from "./secret";
import { judgeKey, type KeyFacts, type KeyRefusal } from "./verdict";

/** `key` is there when the secret belongs to one, for the audit log; it is never for the caller. */
export type Verdict =
  | { usable: true; caller: Authorized<KeyCaller> }
  | { usable: false; code: KeyRefusal; key?: { id: string; name: string; workspaceId: string } };

/**
 * Decides a credential by the database as it is now: nothing is cached, so a revocation counts from its commit on.
 * What is no secret by its form costs no statement; every other costs one.
 */
export async function verifyKey(
  ctx: Pick<Context, "sql" | "now" | "peppers">,
  secret: string,
  ip: string | null,
): Promise<Verdict> {
  if (!isSecret(secret)) return { usable: false, code: "invalid_api_key" };
  const hashes = Array.from(ctx.peppers.byId.values(), (pepper) => hex(hashSecret(secret, pepper)));
  const [facts] = await ctx.sql.query<KeyFacts>(factsOfSecret, [hashes]);
  if (!facts) return { usable: false, code: "invalid_api_key" };
  const judgement = judgeKey(facts, ip, ctx.now());
  if (judgement.usable) return { usable: true, caller: vouch(judgement.caller) };
  const { id, name, workspaceId } = facts;
  return { usable: false, code: judgement.code, key: { id, name, workspaceId } };
}

// bytea[] as hexadecimal text: the two drivers agree on no other form.
const factsOfSecret = `
  SELECT k.id, k.name, k.workspace_id AS "workspaceId", k.scopes, k.allowed_ips AS "allowedIps",
    k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt", s.retires_at AS "retiresAt",
    w.suspended_at AS "suspendedAt", w.tier, w.overrides
  FROM key_secret s
  JOIN api_key k ON k.id = s.key_id
  JOIN workspace w ON w.id = k.workspace_id
  WHERE s.hash = ANY ($1::text[]::bytea[])`;

function hex(hash: Uint8Array<ArrayBuffer>): string {
  return `\\x${Buffer.from(hash.buffer).toString("hex")}`;
}
