import type { Prisma } from "@tocsin/db";
import { grantedByNameAlone, type KeyAdmin, requireRight, type Scope, type Tier } from "../access";
import { AppError, invalidParameter } from "../errors";
import { changeProblems, isWider, type KeyPolicy, keyPolicyOf, type PolicyKey, policyProblems } from "./policy";

/** The lock makes those who make keys in one workspace wait for each other, so that each counts the one before. */
export async function lockWorkspace(
  tx: Prisma.TransactionClient,
  id: string,
): Promise<{ name: string; tier: string; overrides: unknown; policy: KeyPolicy }> {
  const [workspace] = await tx.$queryRaw<{ name: string; tier: string; overrides: unknown; policy: unknown }[]>`
    SELECT name, tier, overrides, key_policy AS policy FROM workspace WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  if (!workspace) throw new AppError("not_found");
  return { ...workspace, policy: keyPolicyOf(workspace.policy) };
}

/** Throws `invalid_parameter` that names each field in which a new key does not meet the workspace's policy. */
export function requirePolicy(policy: KeyPolicy, key: PolicyKey, now: Date): void {
  const [first, ...rest] = policyProblems(policy, key, now);
  if (first) throw invalidParameter(first, ...rest);
}

/**
 * The same for a change, in what it makes wider; and `approval_required` for a wider one where keys need a second
 * person: what was approved must not become more afterwards.
 */
export function requirePolicyOfChange(
  policy: KeyPolicy,
  change: { before: PolicyKey; after: PolicyKey; createdAt: Date },
): void {
  const [first, ...rest] = changeProblems(policy, change);
  if (first) throw invalidParameter(first, ...rest);
  if (policy.require_approval && isWider(change.before, change.after)) {
    throw new AppError("approval_required", {
      message:
        "The workspace's key policy lets no key get more scopes, more addresses or a later end after its approval. Ask for another key.",
    });
  }
}

/** Throws `key_limit_reached` when the workspace has as many keys that work as its tier allows. */
export async function requireKeyAllowance(
  tx: Prisma.TransactionClient,
  workspaceId: string,
  tier: Tier,
  now: Date,
): Promise<void> {
  const active = await tx.apiKey.count({
    where: { workspaceId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });
  if (active >= tier.keys) throw new AppError("key_limit_reached", { details: { limit: tier.keys, active } });
}

/**
 * The scopes that are asked for, null for all of the tier that need no naming and that the workspace's policy allows.
 * Throws `invalid_parameter` for one that the tier lacks, and where nothing is left to take.
 */
export function grantedScopes(
  { tier, policy }: { tier: Tier; policy: KeyPolicy },
  wanted: readonly Scope[] | null,
): Scope[] {
  const beyond = (wanted ?? []).filter((scope) => !tier.scopes.includes(scope));
  if (beyond.length > 0) {
    throw invalidParameter({
      field: "scopes",
      problem: `the workspace's tier does not include ${beyond.join(", ")}`,
      allowed: tier.scopes.join(", "),
    });
  }
  if (wanted) return [...wanted];
  const { allowed_scopes: within } = policy;
  const taken = tier.scopes.filter((scope) => !grantedByNameAlone.includes(scope) && (within?.includes(scope) ?? true));
  if (taken.length > 0) return taken;
  throw invalidParameter({
    field: "scopes",
    problem: "is required: the workspace's key policy allows none of those that a key gets unasked",
    allowed: tier.scopes.filter((scope) => within?.includes(scope)).join(", "),
  });
}

/**
 * Who may not write indicators or report gets no key that does: not by making one, not by a wider one, not by a new secret. A
 * management token is made by people who may. Throws `insufficient_role`.
 */
export function requireRightsOf(caller: KeyAdmin, scopes: readonly string[]): void {
  if (caller.kind === "session" && grantedByNameAlone.some((scope) => scopes.includes(scope)))
    requireRight(caller, "indicators:write");
}

/** What the workspace's keys must be like. */
export async function readKeyPolicy(tx: Pick<Prisma.TransactionClient, "workspace">, id: string): Promise<KeyPolicy> {
  const found = await tx.workspace.findUnique({ where: { id }, select: { keyPolicy: true } });
  if (!found) throw new AppError("not_found");
  return keyPolicyOf(found.keyPolicy);
}
