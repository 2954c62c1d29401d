import { type Authorized, authenticated, type KeyCaller } from "../access";
import type { Context } from "../context";
import { hashSecret, isSecret } from "./secret";
import { judgeKey, type KeyFacts, type KeyRefusal } from "./verdict";

/** `key` is there when the secret belongs to one, for the audit log; it is never for the caller. */
export type Verdict =
  | { usable: true; caller: Authorized<KeyCaller> }
  | { usable: false; code: KeyRefusal; key?: { id: string; name: string; workspaceId: string } };

/** What the database says of a secret, and where the fence stood as it said so. */
export type FoundSecret = KeyFacts & { head: number };

/**
 * Decides a credential by the database as it is now. What is no secret by its form costs no statement; every other
 * costs one.
 */
export async function verifyKey(
  ctx: Pick<Context, "sql" | "now" | "peppers">,
  secret: string,
  ip: string | null,
): Promise<Verdict> {
  const found = isSecret(secret) ? await findSecret(ctx, secret) : null;
  return found ? verdictOn(found, ip, ctx.now()) : { usable: false, code: "invalid_api_key" };
}

export async function findSecret(ctx: Pick<Context, "sql" | "peppers">, secret: string): Promise<FoundSecret | null> {
  const hashes = Array.from(ctx.peppers.byId.values(), (pepper) => hex(hashSecret(secret, pepper)));
  const [found] = await ctx.sql.query<FoundSecret>(factsOfSecret, [hashes]);
  return found ?? null;
}

/** `caller` saves making it again of the same facts. */
export function verdictOn(facts: KeyFacts, ip: string | null, now: Date, caller?: KeyCaller): Verdict {
  const judgement = judgeKey(facts, ip, now, caller);
  if (judgement.usable) return { usable: true, caller: authenticated(judgement.caller) };
  const { id, name, workspaceId } = facts;
  return { usable: false, code: judgement.code, key: { id, name, workspaceId } };
}

// bytea[] as hexadecimal text: the two drivers agree on no other form. The head is of the same snapshot as the rest.
const factsOfSecret = `
  SELECT k.id, k.name, k.workspace_id AS "workspaceId", k.scopes, k.allowed_ips AS "allowedIps",
    k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt", s.retires_at AS "retiresAt",
    CASE WHEN s.grace_seconds IS NULL THEN (
      SELECT old.hash FROM key_secret old
      WHERE old.key_id = k.id AND old.grace_seconds IS NOT NULL AND old.retires_at IS NULL LIMIT 1
    ) END AS replaces,
    w.suspended_at AS "suspendedAt", w.tier, w.overrides, (SELECT head FROM fence) AS head
  FROM key_secret s
  JOIN api_key k ON k.id = s.key_id
  JOIN workspace w ON w.id = k.workspace_id
  WHERE s.hash = ANY ($1::text[]::bytea[])`;

function hex(hash: Uint8Array<ArrayBuffer>): string {
  return `\\x${Buffer.from(hash.buffer).toString("hex")}`;
}
