import { randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { type Authorized, type Role, requireOperator, type SessionCaller } from "../access";
import { appendEvent, type NewEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter, isUuid } from "../errors";
import { keepingSomebody } from "./keeping-somebody";
import { readWorkspace } from "./make-workspace";
import type { SetMembershipInput, Workspace } from "./shape";

/**
 * Makes somebody who has an account a member of a workspace, gives a member another role, or removes them (`role` null).
 * For operators. Throws `not_found`, `last_owner`, and `invalid_parameter` for an address that nobody has.
 */
export async function setMembership(
  ctx: Call<Authorized<SessionCaller>>,
  { workspaceId, email, role }: SetMembershipInput,
): Promise<Workspace> {
  requireOperator(ctx.caller);
  if (!isUuid(workspaceId)) throw new AppError("not_found");
  const work = ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    if ((await tx.workspace.count({ where: { id: workspaceId } })) === 0) throw new AppError("not_found");
    const person = await tx.user.findUnique({
      where: { email: email.toLowerCase() },
      select: { id: true, name: true },
    });
    if (!person) throw invalidParameter({ field: "email", problem: "is an address that nobody here has" });
    const event = await change(tx, { workspaceId, userId: person.id }, role, ctx.now());
    const target = { type: "member", id: person.id, name: person.name };
    if (event) await appendEvent(ctx, { ...event, workspaceId, target }, tx);
  });
  await keepingSomebody(work);
  return readWorkspace(ctx, workspaceId);
}

/** Changes the row; gives what is to be told of it, null where it was so before. */
async function change(
  tx: Prisma.TransactionClient,
  of: { workspaceId: string; userId: string },
  role: Role | null,
  now: Date,
): Promise<Pick<NewEvent, "action" | "details"> | null> {
  const before = await tx.member.findFirst({ where: of, select: { id: true, role: true } });
  if (!before && role === null) return null;
  if (!before) {
    await tx.member.create({
      data: { id: randomUUID(), ...of, role: role ?? "viewer", createdAt: now },
      select: { id: true },
    });
    return { action: "member.add", details: { role } };
  }
  if (role === null) {
    await tx.member.delete({ where: { id: before.id }, select: { id: true } });
    return { action: "member.remove", details: { role: before.role } };
  }
  if (before.role === role) return null;
  await tx.member.update({ where: { id: before.id }, data: { role }, select: { id: true } });
  return { action: "member.set_role", details: { before: before.role, after: role } };
}
