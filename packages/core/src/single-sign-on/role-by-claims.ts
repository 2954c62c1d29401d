import type { GrantableRole, RoleRule } from "./shape";

type Rules = { claim: string | null; map: readonly RoleRule[]; otherwise: GrantableRole | null };

/** More of a claim is not looked at. */
const mostValues = 2_000;

/**
 * The role that the claims give: of the first rule whose value the claim has, else `otherwise`. Null: no way in.
 */
export function roleByClaims(
  claims: Readonly<Record<string, unknown>>,
  { claim, map, otherwise }: Rules,
): GrantableRole | null {
  if (claim === null) return otherwise;
  const values = new Set(valuesOf(readClaim(claims, claim)));
  return map.find(({ value }) => values.has(value))?.role ?? otherwise;
}

/** A claim of exactly this name, else what its dots lead to: Keycloak has `realm_access.roles`. */
function readClaim(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let at: unknown = claims;
  for (const part of name.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = Object.entries(at).find(([key]) => key === part)?.[1];
  }
  return at;
}

function valuesOf(claim: unknown): string[] {
  if (typeof claim === "string") return [claim];
  return Array.isArray(claim) ? claim.slice(0, mostValues).filter((value) => typeof value === "string") : [];
}
