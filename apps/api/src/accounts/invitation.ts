import { randomUUID } from "node:crypto";
import { AppError } from "@tocsin/core/errors";
import { z } from "zod";
import type { AccountDeps } from "./deps";
import { createAccount, setupInput } from "./setup";

export const acceptInput = setupInput.pick({ name: true, password: true }).extend({ invitation_id: z.uuid() });

/**
 * Someone without an account accepts an invitation: account, membership and invitation's end. The invitation's id is
 * the secret of the link, so it also opens an instance whose sign-up is closed. Returns the invited address.
 */
export async function acceptInvitation(deps: AccountDeps, input: z.output<typeof acceptInput>): Promise<string> {
  const { prisma } = deps.db;
  const where = { id: input.invitation_id, status: "pending", expiresAt: { gt: deps.context.now() } };
  const invitation = await prisma.invitation.findFirst({
    where,
    select: { email: true, role: true, workspaceId: true },
  });
  if (!invitation) throw invitationGone();
  const claimed = await prisma.invitation.updateMany({ where, data: { status: "accepted" } });
  if (claimed.count === 0) throw invitationGone();
  try {
    const userId = await createAccount(deps, { ...input, email: invitation.email });
    await prisma.member.create({
      data: { id: randomUUID(), workspaceId: invitation.workspaceId, userId, role: invitation.role },
    });
  } catch (error) {
    await prisma.invitation.update({ where: { id: input.invitation_id }, data: { status: "pending" } });
    throw error;
  }
  return invitation.email;
}

/** What the page of an invitation shows before it is accepted. */
export async function readInvitation(deps: AccountDeps, id: string) {
  const invitation = z.uuid().safeParse(id).success
    ? await deps.db.prisma.invitation.findFirst({
        where: { id, status: "pending", expiresAt: { gt: deps.context.now() } },
        select: { email: true, role: true, workspace: { select: { name: true } } },
      })
    : null;
  if (!invitation) throw invitationGone();
  const known = await deps.db.prisma.user.count({ where: { email: invitation.email } });
  return {
    email: invitation.email,
    role: invitation.role,
    workspace: invitation.workspace.name,
    has_account: known > 0,
  };
}

function invitationGone(): AppError {
  return new AppError("not_found", { message: "This invitation is not valid: it was used, withdrawn or has expired." });
}
