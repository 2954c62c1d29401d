import type { FieldProblem } from "../../errors";
import { dayMs } from "../../lib";
import { parseNetwork, relationOf } from "../../values";
import type { KeyPolicy } from "./shape";

/** A key as far as a policy speaks of it. */
export type PolicyKey = { expiresAt: Date | null; scopes: string[]; allowedIps: string[] };
export type PolicyProblem = Required<FieldProblem>;

/** In what a key that was made at `createdAt` does not meet the policy; the fields as bodies name them. */
export function policyProblems(policy: KeyPolicy, key: PolicyKey, createdAt: Date): PolicyProblem[] {
  return [endProblem(policy, key, createdAt), addressProblem(policy, key), scopeProblem(policy, key.scopes)].filter(
    (problem) => problem !== null,
  );
}

/** The same of a change: what it leaves alone or makes narrower is nobody's business. */
export function changeProblems(
  policy: KeyPolicy,
  { before, after, createdAt }: { before: PolicyKey; after: PolicyKey; createdAt: Date },
): PolicyProblem[] {
  const added = after.scopes.filter((scope) => !before.scopes.includes(scope));
  return [
    laterEnd(before, after) ? endProblem(policy, after, createdAt) : null,
    widerAddresses(before, after) ? addressProblem(policy, after) : null,
    scopeProblem(policy, added),
  ].filter((problem) => problem !== null);
}

/** Whether a key could do something after a change that it could not before: for more scopes, longer, or from elsewhere. */
export function isWider(before: PolicyKey, after: PolicyKey): boolean {
  return (
    after.scopes.some((scope) => !before.scopes.includes(scope)) ||
    laterEnd(before, after) ||
    widerAddresses(before, after)
  );
}

const ofPolicy = "the workspace's key policy";

function endProblem(policy: KeyPolicy, { expiresAt }: PolicyKey, createdAt: Date): PolicyProblem | null {
  const { longest_life_days: days, require_expiry } = policy;
  const latest = days === null ? null : new Date(createdAt.getTime() + days * dayMs);
  const allowed = latest ? `a time until ${latest.toISOString()}, ${days} days after the key was made` : "a time";
  const field = "expires_at";
  if (expiresAt === null) {
    return latest || require_expiry ? { field, problem: `is required by ${ofPolicy}`, allowed } : null;
  }
  return latest && expiresAt > latest ? { field, problem: `is later than ${ofPolicy} allows`, allowed } : null;
}

function addressProblem({ require_addresses }: KeyPolicy, { allowedIps }: PolicyKey): PolicyProblem | null {
  if (!require_addresses || allowedIps.length > 0) return null;
  return {
    field: "allowed_ips",
    problem: `is required by ${ofPolicy}`,
    allowed: "at least one address or network that the key works from",
  };
}

function scopeProblem({ allowed_scopes }: KeyPolicy, scopes: readonly string[]): PolicyProblem | null {
  const beyond = allowed_scopes ? scopes.filter((scope) => !(allowed_scopes as string[]).includes(scope)) : [];
  if (!allowed_scopes || beyond.length === 0) return null;
  return {
    field: "scopes",
    problem: `${ofPolicy} does not allow ${beyond.join(", ")}`,
    allowed: allowed_scopes.join(", "),
  };
}

function laterEnd(before: PolicyKey, after: PolicyKey): boolean {
  if (before.expiresAt === null) return false;
  return after.expiresAt === null || after.expiresAt > before.expiresAt;
}

/** No rule at all is any address. */
function widerAddresses(before: PolicyKey, after: PolicyKey): boolean {
  if (before.allowedIps.length === 0) return false;
  if (after.allowedIps.length === 0) return true;
  const rules = before.allowedIps.map(parseNetwork);
  return after.allowedIps.some((text) => {
    const network = parseNetwork(text);
    return !network || !rules.some((rule) => rule && ["exact", "inside"].includes(relationOf(rule, network) ?? ""));
  });
}
