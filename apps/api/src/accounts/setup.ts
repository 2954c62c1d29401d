import { createHash, randomBytes } from "node:crypto";
import { AppError } from "@tocsin/core/errors";
import { createWorkspace } from "@tocsin/core/workspaces";
import { z } from "zod";
import type { AccountDeps } from "./deps";

const lifetimeMs = 30 * 60_000;

const noControl = /^[^\p{Cc}\p{Cs}]*$/u;
export const setupInput = z.object({
  token: z.string().max(200).optional(),
  email: z
    .email()
    .max(254)
    .transform((value) => value.toLowerCase()),
  password: z.string().min(10).max(256),
  name: z.string().trim().min(1).max(100).regex(noControl, "control characters are not allowed"),
  workspace: z.string().trim().min(1).max(100).regex(noControl, "control characters are not allowed"),
});
export type SetupInput = z.output<typeof setupInput>;

/** True until the first account stands. */
export async function isSetupNeeded(deps: AccountDeps): Promise<boolean> {
  return (await deps.db.prisma.user.count()) === 0;
}

/** A new one-time link, valid for 30 minutes; older ones die. Only its hash is stored. */
export async function createSetupLink(deps: AccountDeps): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(deps.context.now().getTime() + lifetimeMs);
  await deps.db.prisma.$transaction([
    deps.db.prisma.setupLink.deleteMany(),
    deps.db.prisma.setupLink.create({ data: { hash: hashOf(token), expiresAt } }),
  ]);
  return `${deps.settings.publicUrl}/setup?token=${token}`;
}

/**
 * Makes the operator's account and the first workspace (tier pro). `fromLoopback` stands in for the token.
 * Throws not_found when there is nothing to set up, or the link is used, expired or wrong.
 */
export async function completeSetup(deps: AccountDeps, input: SetupInput, fromLoopback: boolean): Promise<void> {
  if (!(await isSetupNeeded(deps))) throw new AppError("not_found", { message: "This instance is set up already." });
  const now = deps.context.now();
  if (input.token === undefined && !fromLoopback) throw setupRefused();
  // One statement decides who may go on: of two at once, one finds the link unused.
  const claimed = await deps.db.prisma.setupLink.updateMany({
    where: {
      usedAt: null,
      expiresAt: { gt: now },
      ...(input.token === undefined ? {} : { hash: hashOf(input.token) }),
    },
    data: { usedAt: now },
  });
  if (claimed.count === 0) throw setupRefused();
  try {
    await createOperator(deps, input);
  } catch (error) {
    await deps.db.prisma.setupLink.updateMany({ where: { usedAt: now }, data: { usedAt: null } });
    throw error;
  }
}

/** The account that may do everything, and the workspace it owns. */
export async function createOperator(
  deps: AccountDeps,
  input: { email: string; password: string; name: string; workspace: string },
): Promise<void> {
  const userId = await createAccount(deps, { ...input, operator: true });
  try {
    await createWorkspace(deps.context, { name: input.workspace, ownerUserId: userId, tier: "pro" });
  } catch (error) {
    await deps.db.prisma.user.delete({ where: { id: userId } });
    throw error;
  }
}

/** A person with a password, without a workspace. Returns the id. Throws invalid_parameter when the address is taken. */
export async function createAccount(
  deps: AccountDeps,
  input: { email: string; password: string; name: string; operator?: boolean },
): Promise<string> {
  const { internalAdapter, password } = await deps.auth.$context;
  if (await internalAdapter.findUserByEmail(input.email)) {
    throw new AppError("invalid_parameter", {
      message: "email: an account with this address exists already",
      details: { fields: [{ field: "email", problem: "an account with this address exists already" }] },
    });
  }
  const user = await internalAdapter.createUser(
    {
      email: input.email,
      name: input.name,
      emailVerified: false,
      operator: input.operator ?? false,
    },
    { method: "admin" },
  );
  await internalAdapter.linkAccount({
    userId: user.id,
    providerId: "credential",
    accountId: user.id,
    password: await password.hash(input.password),
  });
  return user.id;
}

function setupRefused(): AppError {
  return new AppError("not_found", {
    message:
      "This set-up link is not valid: it was used, has expired (30 minutes), or is not complete. `npm run -s tocsin -- setup-link` prints a new one.",
  });
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
