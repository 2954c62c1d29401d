import type { Access } from "./access";
import type { Caller, KeyCaller, SessionCaller, TokenCaller } from "./caller";
import type { Format } from "./formats";
import { hasRight, leastRoleWith } from "./roles";
import { tierNames } from "./tier-names";
import { type Tier, tiers } from "./tiers";

export type Refusal = {
  readonly allowed: false;
  readonly code:
    | "missing_api_key"
    | "missing_session"
    | "missing_token"
    | "tier_required"
    | "insufficient_scope"
    | "insufficient_role";
  readonly details?: Record<string, unknown>;
};
export type Authorization = { readonly allowed: true } | Refusal;

const allowed: Authorization = { allowed: true };

/** Whether the caller may use a route with this access; the instance itself may use every route. */
export function authorize(caller: Caller | null, access: Access): Authorization {
  if (access.by === "open" || caller?.kind === "system") return allowed;
  if (access.by === "session") {
    return caller?.kind === "session" ? authorizeSession(caller, access) : { allowed: false, code: "missing_session" };
  }
  if (access.by === "token") {
    return caller?.kind === "token" ? authorizeToken(caller, access) : { allowed: false, code: "missing_token" };
  }
  return caller?.kind === "key" ? authorizeKey(caller, access) : { allowed: false, code: "missing_api_key" };
}

function authorizeSession(caller: SessionCaller, access: Access & { by: "session" }): Authorization {
  if (access.operator && !caller.operator) {
    return { allowed: false, code: "insufficient_role", details: { required_role: "operator" } };
  }
  if (access.right && !hasRight(caller.role, access.right)) {
    const details = { role: caller.role, required_role: leastRoleWith(access.right), right: access.right };
    return { allowed: false, code: "insufficient_role", details };
  }
  return allowed;
}

/** Whether the tier has a format, for whoever acts under it. */
export function authorizeFormat({ tier }: Pick<KeyCaller, "tier">, format: Format): Authorization {
  if (tier.formats.includes(format)) return allowed;
  return tierRequired(tier, { format }, (candidate) => candidate.formats.includes(format));
}

function authorizeKey(caller: KeyCaller, access: Access & { by: "key" }): Authorization {
  const { format, scope } = access;
  const formatted = format ? authorizeFormat(caller, format) : allowed;
  if (!formatted.allowed) return formatted;
  if (!caller.tier.scopes.includes(scope)) {
    return tierRequired(caller.tier, format ? { format, scope } : { scope }, (candidate) =>
      candidate.scopes.includes(scope),
    );
  }
  if (!caller.scopes.includes(scope)) return { allowed: false, code: "insufficient_scope", details: { scope } };
  return allowed;
}

function authorizeToken(caller: TokenCaller, { scope }: Access & { by: "token" }): Authorization {
  return caller.scopes.includes(scope) ? allowed : { allowed: false, code: "insufficient_scope", details: { scope } };
}

function tierRequired(tier: Tier, what: object, includes: (candidate: Tier) => boolean): Refusal {
  const required = tierNames.find((name) => includes(tiers[name])) ?? null;
  return { allowed: false, code: "tier_required", details: { ...what, tier: tier.name, required_tier: required } };
}
