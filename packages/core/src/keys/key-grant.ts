import type { Prisma } from "@tocsin/db";
import { grantedByNameAlone, type KeyAdmin, requireRight, type Scope, type Tier } from "../access";
import { AppError, invalidParameter } from "../errors";

/** The lock makes those who make keys in one workspace wait for each other, so that each counts the one before. */
export async function lockWorkspace(
  tx: Prisma.TransactionClient,
  id: string,
): Promise<{ tier: string; overrides: unknown }> {
  const [workspace] = await tx.$queryRaw<{ tier: string; overrides: unknown }[]>`
    SELECT tier, overrides FROM workspace WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  if (!workspace) throw new AppError("not_found");
  return workspace;
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

/** The scopes that are asked for, null for all of the tier that need no naming. Throws `invalid_parameter` for one that the tier lacks. */
export function grantedScopes(tier: Tier, wanted: readonly Scope[] | null): Scope[] {
  const beyond = (wanted ?? []).filter((scope) => !tier.scopes.includes(scope));
  if (beyond.length > 0) {
    throw invalidParameter({
      field: "scopes",
      problem: `the workspace's tier does not include ${beyond.join(", ")}`,
      allowed: tier.scopes.join(", "),
    });
  }
  return [...(wanted ?? tier.scopes.filter((scope) => !grantedByNameAlone.includes(scope)))];
}

/**
 * Who may not write indicators gets no key that does: not by making one, not by a wider one, not by a new secret. A
 * management token is made by people who may. Throws `insufficient_role`.
 */
export function requireRightsOf(caller: KeyAdmin, scopes: readonly string[]): void {
  if (caller.kind === "session" && scopes.includes("write:indicators")) requireRight(caller, "indicators:write");
}
