import { organizationClient, twoFactorClient } from "better-auth/client/plugins";
import { createAccessControl } from "better-auth/plugins/access";
import { createAuthClient } from "better-auth/react";
import { atBase } from "./base";
import type { Role } from "./me";
import { Problem, problemOf } from "./problem";

// The client learns from it which roles there are; what they may do is the server's to say.
const named = createAccessControl({}).newRole({});
const roles = {
  owner: named,
  admin: named,
  key_admin: named,
  analyst: named,
  auditor: named,
  viewer: named,
} as const satisfies Record<Role, typeof named>;

export const auth = createAuthClient({
  basePath: atBase("/api/auth"),
  plugins: [organizationClient({ roles }), twoFactorClient()],
});

type Answer = { data: unknown; error: object | null };

/** Unwraps an answer of the account client. Throws a Problem. */
export async function answered<A extends Answer>(answer: Promise<A>): Promise<Extract<A, { error: null }>["data"]> {
  const { data, error } = await answer;
  if (error) throw new Problem(problemOf(error));
  return data;
}
