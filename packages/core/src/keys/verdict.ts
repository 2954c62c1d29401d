import { type KeyCaller, tierOf } from "../access";
import { addressAllowed } from "../values";

/** What the database says of a secret, its key and its workspace. */
export type KeyFacts = {
  id: string;
  name: string;
  workspaceId: string;
  scopes: readonly string[];
  allowedIps: readonly string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** When the secret alone stops working. */
  retiresAt: Date | null;
  /** The hash of the secret that this one replaces, while its grace has not begun. */
  replaces: Uint8Array | null;
  suspendedAt: Date | null;
  tier: string;
  overrides: unknown;
};

export type KeyRefusal = "invalid_api_key" | "expired_api_key" | "ip_not_allowed";
export type Judgement = { usable: true; caller: KeyCaller } | { usable: false; code: KeyRefusal };

/** Whether a key may be used at `now` from `ip`. Ends are exclusive: at `expiresAt` the key has expired. */
export function judgeKey(facts: KeyFacts, ip: string | null, now: Date, caller?: KeyCaller): Judgement {
  const retired = facts.retiresAt !== null && facts.retiresAt <= now;
  if (facts.revokedAt || facts.suspendedAt || retired) return { usable: false, code: "invalid_api_key" };
  if (facts.expiresAt && facts.expiresAt <= now) return { usable: false, code: "expired_api_key" };
  if (!addressAllowed(facts.allowedIps, ip)) return { usable: false, code: "ip_not_allowed" };
  return { usable: true, caller: caller ?? callerOf(facts) };
}

/** Who a key is while it may be used. */
export function callerOf(facts: KeyFacts): KeyCaller {
  const tier = tierOf(facts.tier, facts.overrides);
  return {
    kind: "key",
    keyId: facts.id,
    keyName: facts.name,
    workspaceId: facts.workspaceId,
    tier,
    scopes: tier.scopes.filter((scope) => facts.scopes.includes(scope)),
  };
}
