import { organizationClient, twoFactorClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";
import { Problem, problemOf } from "./problem";

export const auth = createAuthClient({ basePath: "/api/auth", plugins: [organizationClient(), twoFactorClient()] });

type Answer<T> = { data: T; error: null } | { data: null; error: { status: number; message?: string; code?: string } };

/** Unwraps an answer of the account client. Throws a Problem. */
export async function answered<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error } = await answer;
  if (error) throw new Problem(problemOf(error));
  return data as T;
}
