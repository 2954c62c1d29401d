import { createHash, randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import { emailHashOf } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter, isUuid } from "../errors";
import { endKeysOf } from "../keys";
import { endTokensOf } from "../tokens";
import { keepingSomebody } from "../workspaces";
import { appendToChains, chainsOf } from "./about-person";
import { type LockedPerson, lockPerson } from "./lock-person";
import type { DeletePersonInput } from "./shape";

/**
 * Deletes a person's account for good: sessions, memberships and invitations go, and every reading of the audit log says
 * a pseudonym in the place of their name and address. Keys that they made go on under it, or end first where `endKeys`
 * says so. For the person and for operators. Throws `not_found`, `last_operator`, and `last_owner` while a workspace has
 * no other owner.
 */
export async function deletePerson(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { personId, endKeys }: DeletePersonInput,
): Promise<{ pseudonym: string }> {
  const { caller } = ctx;
  const isOwn = caller.kind === "session" && caller.userId === personId;
  if (!isOwn) requireOperator(caller);
  if (!isUuid(personId)) throw new AppError("not_found");
  await requireOtherOwners(ctx, personId);
  await requireOtherOperator(ctx, personId);
  if (endKeys) {
    const { email } = await ctx.db.$transaction((tx) => lockPerson(tx, personId));
    await endKeysOf(ctx, { createdBy: email }, "the account was deleted");
    await endTokensOf(ctx, { createdBy: email }, "the account was deleted");
  }
  const work = ctx.db.$transaction(async (tx) => {
    const person = await lockPerson(tx, personId);
    const pseudonym = `Deleted person ${createHash("sha256").update(randomUUID()).digest("hex").slice(0, 8)}`;
    const chains = await chainsOf(ctx, tx, person.id);
    await rename(tx, person, pseudonym);
    const emailHash = emailHashOf(person.email);
    await tx.deletedPerson.create({
      data: { id: person.id, pseudonym, emailHash, deletedAt: ctx.now() },
      select: { id: true },
    });
    await tx.invitation.deleteMany({ where: { email: person.email } });
    await tx.user.delete({ where: { id: person.id }, select: { id: true } });
    const target = { type: "person", id: person.id, name: pseudonym };
    await appendToChains(ctx, tx, chains, { action: "person.delete", target, details: { keys_end: endKeys } });
    return { pseudonym };
  });
  return keepingSomebody(work);
}

/** Says which workspaces are in the way; whoever becomes their last owner meanwhile is kept by the trigger. */
async function requireOtherOwners(ctx: Call<Authorized<SessionCaller | SystemCaller>>, userId: string): Promise<void> {
  const owned = await ctx.db.workspace.findMany({
    where: {
      members: { some: { userId, role: "owner" } },
      NOT: { members: { some: { userId: { not: userId }, role: "owner" } } },
    },
    select: { name: true },
  });
  if (owned.length === 0) return;
  throw invalidParameter({
    field: "personId",
    problem: `is the last owner of ${owned.map(({ name }) => name).join(", ")}: make somebody else an owner, or remove the workspace first`,
  });
}

/** Before any key ends: the trigger, which decides, would refuse only afterwards. */
async function requireOtherOperator(ctx: Call<Authorized<SessionCaller | SystemCaller>>, id: string): Promise<void> {
  const operators = await ctx.db.user.findMany({
    where: { operator: true, disabledAt: null },
    select: { id: true },
    take: 2,
  });
  if (operators.length === 1 && operators[0]?.id === id) throw new AppError("last_operator");
}

/** What rows say of who made and ended things. */
async function rename(tx: Prisma.TransactionClient, { email }: LockedPerson, pseudonym: string): Promise<void> {
  const made = { where: { createdBy: email }, data: { createdBy: pseudonym } };
  await tx.apiKey.updateMany(made);
  await tx.managementToken.updateMany(made);
  await tx.watchlist.updateMany(made);
  await tx.paste.updateMany(made);
  await tx.watchlistComment.updateMany({ where: { author: email }, data: { author: pseudonym } });
  await tx.watchlistMatch.updateMany({ where: { acknowledgedBy: email }, data: { acknowledgedBy: pseudonym } });
  await tx.watchlistMatch.updateMany({ where: { assignedTo: email }, data: { assignedTo: null } });
  await tx.keyRequest.updateMany({ where: { requestedBy: email }, data: { requestedBy: pseudonym } });
  await tx.keyRequest.updateMany({ where: { decidedBy: email }, data: { decidedBy: pseudonym } });
  const ended = { where: { revokedBy: email }, data: { revokedBy: pseudonym } };
  await tx.apiKey.updateMany(ended);
  await tx.managementToken.updateMany(ended);
}
