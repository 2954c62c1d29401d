import { randomUUID } from "node:crypto";
import type { Origin } from "@tocsin/core/context";
import { AppError, invalidParameter } from "@tocsin/core/errors";
import { appendAboutPerson, claimLink, endOtherLinks, insertLink, readLink } from "@tocsin/core/people";
import type { Prisma } from "@tocsin/db";
import { z } from "zod";
import type { AccountDeps } from "./deps";
import { hashPassword, setupInput } from "./setup";

const { email, password } = setupInput.shape;
const token = z.string().min(1).max(200);
export const requestResetInput = z.strictObject({ email });
export const readLinkInput = z.strictObject({ token });
export const useLinkInput = z.strictObject({ token, password: password.optional() });
export const deleteAccountInput = z.strictObject({
  password: z.string().min(1).max(256),
  end_keys: z.boolean().default(false),
});
export const changeEmailInput = z.strictObject({ email, password: z.string().min(1).max(256) });

/** What the page of a link shows before it is used. Throws `not_found`. */
export async function showLink({ context, db }: AccountDeps, input: z.output<typeof readLinkInput>) {
  const link = await readLink(context, input.token);
  const person = await db.prisma.user.findUniqueOrThrow({ where: { id: link.userId }, select: { email: true } });
  return { kind: link.kind, email: link.email ?? person.email };
}

/**
 * Does what the link is for, once: sets the password (every session and passkey ends, and wrong codes are forgotten), drops
 * the second factor and the passkeys, or changes the address. Throws `not_found`, and `invalid_parameter` for a password link without a password.
 */
export async function redeemLink(deps: AccountDeps, origin: Origin, input: z.output<typeof useLinkInput>) {
  const { kind, userId } = await readLink(deps.context, input.token);
  const hashed = kind === "password" ? await hashGiven(deps, input.password, userId) : "";
  return deps.db.prisma.$transaction(async (tx) => {
    const link = await claimLink(deps.context, tx, input.token);
    const { name } = await tx.user.findUniqueOrThrow({ where: { id: link.userId }, select: { name: true } });
    const actor = { type: "user", id: link.userId, name } as const;
    const source = { ...deps.context, origin, actor, workspaceId: null };
    if (link.kind === "password") {
      await setPassword(tx, link.userId, hashed);
      await appendAboutPerson(source, tx, link.userId, { action: "account.reset_password" });
    } else if (link.kind === "second_factor") {
      await dropSecondFactor(tx, link.userId);
      await appendAboutPerson(source, tx, link.userId, { action: "account.disable_second_factor" });
    } else {
      await setEmail(tx, link.userId, link.email ?? "");
      await appendAboutPerson(source, tx, link.userId, { action: "account.change_email" });
    }
    return { kind: link.kind };
  });
}

async function hashGiven(deps: AccountDeps, given: string | undefined, id: string): Promise<string> {
  if (given === undefined) throw invalidParameter({ field: "password", problem: "is missing" });
  const owner = await deps.db.prisma.user.findUnique({ where: { id }, select: { name: true, email: true } });
  return hashPassword(deps, given, owner ?? {});
}

async function setPassword(tx: Prisma.TransactionClient, userId: string, hashed: string): Promise<void> {
  const { count } = await tx.account.updateMany({
    where: { userId, providerId: "credential" },
    data: { password: hashed, updatedAt: new Date() },
  });
  if (count === 0) {
    await tx.account.create({
      data: { id: randomUUID(), userId, accountId: userId, providerId: "credential", password: hashed },
      select: { id: true },
    });
  }
  await endOtherLinks(tx, userId);
  // Whoever knew the password before may have added one.
  await tx.passkey.deleteMany({ where: { userId } });
  await tx.session.deleteMany({ where: { userId } });
  await tx.twoFactor.updateMany({ where: { userId }, data: { failedVerificationCount: 0, lockedUntil: null } });
}

async function dropSecondFactor(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.twoFactor.deleteMany({ where: { userId } });
  await tx.passkey.deleteMany({ where: { userId } });
  await tx.user.update({ where: { id: userId }, data: { twoFactorEnabled: false }, select: { id: true } });
  await tx.session.deleteMany({ where: { userId } });
}

/** What the person made is named after their address, so it goes with it. */
async function setEmail(tx: Prisma.TransactionClient, userId: string, address: string): Promise<void> {
  const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  const taken = invalidParameter({ field: "token", problem: "confirms an address that another account has by now" });
  if ((await tx.user.count({ where: { email: address, id: { not: userId } } })) > 0) throw taken;
  const data = { email: address, emailVerified: true };
  await tx.user.update({ where: { id: userId }, data, select: { id: true } }).catch((error: unknown) => {
    // Of two at once, the second meets the unique address.
    throw error instanceof Error && "code" in error && error.code === "P2002" ? taken : error;
  });
  await endOtherLinks(tx, userId);
  const rename = { where: { createdBy: before.email }, data: { createdBy: address } };
  await tx.apiKey.updateMany(rename);
  await tx.managementToken.updateMany(rename);
  await tx.watchlist.updateMany(rename);
  await tx.paste.updateMany(rename);
  await tx.keyRequest.updateMany({ where: { requestedBy: before.email }, data: { requestedBy: address } });
  await tx.keyRequest.updateMany({ where: { decidedBy: before.email }, data: { decidedBy: address } });
}

/** Letters to one person. */
const letters = { perMinute: 1, perDay: 5 } as const;

/**
 * Sends a link to reset the password to whoever has the address; nobody is told whether somebody has. Does not wait: how
 * long a letter takes would tell. Throws `mail_not_set_up`.
 */
export function requestReset(deps: AccountDeps, origin: Origin, { email: to }: { email: string }): void {
  const { context, db, mailer } = deps;
  if (!mailer) throw new AppError("mail_not_set_up");
  const send = async () => {
    const user = await db.prisma.user.findFirst({
      where: { email: to, disabledAt: null },
      select: { id: true, name: true },
    });
    if (!user || !(await deps.limiter.charge(`reset-letter:${user.id}`, letters, 1, context.now())).accepted) return;
    const link = await db.prisma.$transaction(async (tx) => {
      const made = await insertLink(context, tx, { userId: user.id, kind: "password", email: null });
      const actor = { type: "system", id: null, name: "password reset" } as const;
      const source = { ...context, origin, actor, workspaceId: null };
      const target = { type: "person", id: user.id, name: user.name };
      await appendAboutPerson(source, tx, user.id, {
        action: "person.create_link",
        target,
        details: { kind: "password", by_email: true },
      });
      return made;
    });
    await sendLetter(deps, to, "set a new password", [
      `Somebody asked to reset the password of your account on ${context.instance.publicUrl}.`,
      `If it was you, open this link within an hour:\n${link.url}`,
      "If it was not, you need not do anything.",
    ]);
  };
  void send().catch((err: unknown) => context.log.warn({ err }, "a letter to reset a password was not sent"));
}

/**
 * Sends a link to the new address, which is changed when somebody opens it there, and a word to the old one. An address
 * that another account has gets no link; nobody is told. Throws `mail_not_set_up`.
 */
export async function requestEmail(
  deps: AccountDeps,
  origin: Origin,
  person: { userId: string; name: string; email: string },
  to: string,
): Promise<void> {
  const { context, db, mailer } = deps;
  if (!mailer) throw new AppError("mail_not_set_up");
  const { userId } = person;
  if (to === person.email) throw invalidParameter({ field: "email", problem: "is the address that you have" });
  const charge = await deps.limiter.charge(`email-letter:${userId}`, letters, 1, context.now());
  if (!charge.accepted) throw new AppError("rate_limit_exceeded", { retryAfter: charge.retryAfter ?? 60 });
  const link = await db.prisma.$transaction(async (tx) => {
    const made = await insertLink(context, tx, { userId, kind: "email", email: to });
    const actor = { type: "user", id: userId, name: person.name } as const;
    const source = { ...context, origin, actor, workspaceId: null };
    await appendAboutPerson(source, tx, userId, { action: "account.request_email" });
    return made;
  });
  const taken = (await db.prisma.user.count({ where: { email: to } })) > 0;
  const send = async () => {
    if (!taken) {
      await sendLetter(deps, to, "confirm your address", [
        `Open this link within an hour to use this address for your account on ${context.instance.publicUrl}:\n${link.url}`,
        "If you did not ask for it, you need not do anything.",
      ]);
    }
    await sendLetter(deps, person.email, "your address is about to change", [
      `Somebody who knows your password asked for another e-mail address for your account on ${context.instance.publicUrl}.`,
      "If it was not you, change your password now.",
    ]);
  };
  void send().catch((err: unknown) => context.log.warn({ err }, "a letter to confirm an address was not sent"));
}

async function sendLetter(
  { mailer, context }: AccountDeps,
  to: string,
  subject: string,
  lines: string[],
): Promise<void> {
  const answer = await mailer?.send({
    to,
    subject: `${context.instance.name}: ${subject}`,
    text: `${lines.join("\n\n")}\n`,
    messageId: randomUUID(),
  });
  if (answer?.error) context.log.warn({ error: answer.error }, "a letter about an account was not sent");
}
