import type { createTokenInput } from "@tocsin/core/tokens";
import type { z } from "zod";
import { inject } from "./requests";
import type { Person, TestApp } from "./test-app";

/** A management token, made as the dashboard makes it. */
export async function createTestToken(
  t: TestApp,
  owner: Person,
  input: Partial<z.input<typeof createTokenInput>> = {},
): Promise<{ id: string; secret: string }> {
  const payload = {
    name: "Terraform",
    scopes: ["manage:keys:read", "manage:keys:write", "read:audit"],
    expires_in_days: 30,
    ...input,
  };
  const response = await inject(
    t,
    { method: "POST", url: "/api/trpc/tokens.create", payload },
    { cookie: owner.cookie },
  );
  const { data } = response.json().result.data;
  return { id: data.id, secret: data.token };
}
