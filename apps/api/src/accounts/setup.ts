import { createHash, randomBytes, randomUUID } from "node:crypto";
import { AppError, invalidParameter } from "@tocsin/core/errors";
import { minuteMs } from "@tocsin/core/lib";
import { createWorkspace } from "@tocsin/core/workspaces";
import type { Prisma } from "@tocsin/db";
import { z } from "zod";
import type { AccountDeps } from "./deps";
import { type Owner, passwordProblem } from "./passwords/policy";

const lifetimeMs = 30 * minuteMs;

const noControl = /^[^\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]*$/u;
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
export async function isSetupNeeded(deps: Pick<AccountDeps, "db">): Promise<boolean> {
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
  if (!(await isSetupNeeded(deps))) throw setUpAlready();
  if (input.token === undefined && !fromLoopback) throw setupNeedsLink();
  const now = deps.context.now();
  const made = await createOperator(deps, input, async (tx) => {
    const claimed = await tx.setupLink.updateMany({
      where: {
        usedAt: null,
        expiresAt: { gt: now },
        ...(input.token === undefined ? {} : { hash: hashOf(input.token) }),
      },
      data: { usedAt: now },
    });
    if (claimed.count === 0) throw setupRefused();
  });
  if (!made) throw setUpAlready();
}

// Whoever holds it makes the first account; of nodes that start together the others find it made.
const firstAccountLock = 7_203_114_001;

/**
 * The account that may do everything, and the workspace it owns: both or neither, even when the process dies. False when
 * an account stands already. `before` runs in the same transaction.
 */
export async function createOperator(
  deps: AccountDeps,
  input: { email: string; password: string; name: string; workspace: string },
  before?: (tx: Prisma.TransactionClient) => Promise<void>,
): Promise<boolean> {
  const password = await hashPassword(deps, input.password, input);
  return deps.db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstAccountLock}::bigint)`;
    if ((await tx.user.count()) > 0) return false;
    await before?.(tx);
    const userId = await createAccount(tx, { ...input, password, operator: true });
    await createWorkspace(deps.context, { name: input.workspace, ownerUserId: userId, tier: "pro" }, tx);
    return true;
  });
}

/**
 * What is stored of a password. Slow on purpose: never inside a transaction. Throws `invalid_parameter` for one that
 * nobody, or not its owner, should have.
 */
export async function hashPassword(
  deps: Pick<AccountDeps, "auth" | "settings">,
  password: string,
  owner: Owner = {},
): Promise<string> {
  const problem = await passwordProblem(password, owner, deps.settings.passwordMinLength);
  if (problem) throw invalidParameter({ field: "password", problem });
  return (await deps.auth.$context).password.hash(password);
}

/**
 * A person with a hashed password, as better-auth keeps them, without a workspace. Returns the id. Throws
 * invalid_parameter when the address is taken.
 */
export async function createAccount(
  tx: Prisma.TransactionClient,
  input: { email: string; password: string; name: string; operator?: boolean },
): Promise<string> {
  const { email, name, password, operator = false } = input;
  const taken = invalidParameter({ field: "email", problem: "an account with this address exists already" });
  if ((await tx.user.count({ where: { email } })) > 0) throw taken;
  const id = randomUUID();
  await tx.user.create({ data: { id, email, name, operator }, select: { id: true } }).catch((error: unknown) => {
    // Of two at once, the second meets the unique address.
    throw error instanceof Error && "code" in error && error.code === "P2002" ? taken : error;
  });
  await tx.account.create({
    data: { id: randomUUID(), userId: id, accountId: id, providerId: "credential", password },
    select: { id: true },
  });
  return id;
}

function setUpAlready(): AppError {
  return new AppError("not_found", { message: "This instance is set up already." });
}

function setupNeedsLink(): AppError {
  return new AppError("not_found", {
    message:
      "The first account is made by the set-up link that the console printed; `npm run -s tocsin -- setup-link` prints a new one. Only a program of this machine needs none, where PUBLIC_URL is a loopback address and no proxy stands between.",
  });
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
