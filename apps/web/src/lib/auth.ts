import { organizationClient, twoFactorClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";
import { atBase } from "./base";
import { Problem, problemOf } from "./problem";

export const auth = createAuthClient({
  basePath: atBase("/api/auth"),
  plugins: [organizationClient(), twoFactorClient()],
});

type Answer = { data: unknown; error: object | null };

/** Unwraps an answer of the account client. Throws a Problem. */
export async function answered<A extends Answer>(answer: Promise<A>): Promise<Extract<A, { error: null }>["data"]> {
  const { data, error } = await answer;
  if (error) throw new Problem(problemOf(error));
  return data;
}
