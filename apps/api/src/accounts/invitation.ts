import { randomUUID } from "node:crypto";
import { appendEvent } from "@tocsin/core/audit";
import type { Origin } from "@tocsin/core/context";
import { AppError } from "@tocsin/core/errors";
import { z } from "zod";
import type { AccountDeps } from "./deps";
import { invitationIdOf } from "./invitation-id";
import { createAccount, hashPassword, setupInput } from "./setup";
import { requiredOfInstance } from "./sso/required";

export const acceptInput = setupInput.pick({ name: true, password: true }).extend({ invitation_id: z.uuid() });

/**
 * Someone without an account accepts an invitation: account, membership and invitation's end. `invitation_id` is the
 * secret of the link, so it also opens an instance whose sign-up is closed. Returns the invited address.
 */
export async function acceptInvitation(
  deps: AccountDeps,
  origin: Origin,
  input: z.output<typeof acceptInput>,
): Promise<string> {
  const id = invitationIdOf(input.invitation_id);
  const where = { id, status: "pending", expiresAt: { gt: deps.context.now() } };
  const found = await deps.db.prisma.invitation.findFirst({
    where,
    select: { email: true, workspace: { select: { requiredProviderId: true } } },
  });
  if (!found) throw invitationGone();
  // An account with a password would reach nothing.
  if (found.workspace.requiredProviderId !== null || (await requiredOfInstance(deps.db.prisma)) !== null) {
    throw new AppError("single_sign_on_required");
  }
  const password = await hashPassword(deps, input.password, { name: input.name, email: found.email });
  return deps.db.prisma.$transaction(async (tx) => {
    // Of two at once, one finds it pending.
    const claimed = await tx.invitation.updateMany({ where, data: { status: "accepted" } });
    if (claimed.count === 0) throw invitationGone();
    const { email, role, workspaceId } = await tx.invitation.findUniqueOrThrow({
      where: { id },
      select: { email: true, role: true, workspaceId: true },
    });
    const userId = await createAccount(tx, { email, name: input.name, password });
    await tx.member.create({ data: { id: randomUUID(), workspaceId, userId, role }, select: { id: true } });
    const actor = { type: "user", id: userId, name: input.name } as const;
    const source = { ...deps.context, origin, actor, workspaceId };
    const target = { type: "invitation", id, name: email };
    await appendEvent(source, { action: "invitation.accept", target, details: { role } }, tx);
    return email;
  });
}

/** What the page of an invitation shows before it is accepted. */
export async function readInvitation(deps: AccountDeps, secret: string) {
  const invitation = z.uuid().safeParse(secret).success
    ? await deps.db.prisma.invitation.findFirst({
        where: { id: invitationIdOf(secret), status: "pending", expiresAt: { gt: deps.context.now() } },
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
