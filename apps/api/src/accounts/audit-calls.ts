import { type Actor, actorOf, appendEvent, type NewEvent } from "@tocsin/core/audit";
import { isUuid } from "@tocsin/core/errors";
import { appendAboutPerson } from "@tocsin/core/people";
import type { FastifyRequest } from "fastify";
import { clientHeaders, originOf } from "../wire/client";
import type { AccountDeps } from "./deps";
import { invitationIdOf } from "./invitation-id";
import { readSession } from "./session";

type Body = Readonly<Record<string, unknown>>;
type Caller = { userId: string; name: string; workspaceId: string };
type AuthCall = { path: string; body: Body; caller: Caller };

/** An event that is written when its call succeeds; without a workspace it is about the caller. */
type Draft = Omit<NewEvent, "workspaceId"> & { workspaceId?: string };
type Teller = (deps: AccountDeps, call: AuthCall) => Draft | null | Promise<Draft | null>;

/** Who in which workspace, read before the call changes it. */
async function memberOf(
  { db }: AccountDeps,
  body: Body,
): Promise<{ workspaceId: string; role: string; target: Target } | null> {
  const key = body.memberId ?? body.memberIdOrEmail;
  if (typeof key !== "string" || typeof body.organizationId !== "string") return null;
  const row = await db.prisma.member.findFirst({
    where: {
      workspaceId: body.organizationId,
      ...(key.includes("@") ? { user: { email: key.toLowerCase() } } : { id: key }),
    },
    select: { workspaceId: true, role: true, userId: true, user: { select: { name: true } } },
  });
  return (
    row && {
      workspaceId: row.workspaceId,
      role: row.role,
      target: { type: "member", id: row.userId, name: row.user.name },
    }
  );
}

type Target = { type: string; id: string | null; name: string | null };

async function invitationOf({ db }: AccountDeps, id: unknown): Promise<{ workspaceId: string; target: Target } | null> {
  if (typeof id !== "string") return null;
  const row = await db.prisma.invitation.findFirst({ where: { id }, select: { workspaceId: true, email: true } });
  return row && { workspaceId: row.workspaceId, target: { type: "invitation", id, name: row.email } };
}

const aboutInvitation =
  (action: "invitation.withdraw" | "invitation.accept" | "invitation.reject"): Teller =>
  async (deps, { body }) => {
    const secret = typeof body.invitationId === "string" ? body.invitationId : "";
    // Whoever withdraws one knows it by its id, whoever was invited by the secret of the link.
    const found = await invitationOf(deps, action === "invitation.withdraw" ? secret : invitationIdOf(secret));
    return found && { action, ...found };
  };

const plain =
  (action: NewEvent["action"], details?: NewEvent["details"]): Teller =>
  () => ({ action, ...(details ? { details } : {}) });

const ofPasskey =
  (action: "account.rename_passkey" | "account.remove_passkey"): Teller =>
  async ({ db }, { body, caller }) => {
    const { id } = body;
    if (typeof id !== "string" || !isUuid(id)) return null;
    const where = { id, userId: caller.userId };
    const found = await db.prisma.passkey.findFirst({ where, select: { name: true } });
    const renamed = typeof body.name === "string" ? { after: body.name } : {};
    return found && { action, details: { name: found.name, ...renamed } };
  };

const ofSessions: Teller = (_deps, { path, caller }) => ({
  action: "session.revoke",
  target: { type: "person", id: caller.userId, name: caller.name },
  details: { which: path === "/revoke-session" ? "one" : path === "/revoke-sessions" ? "all" : "others" },
});

/** What is written when a call of better-auth's, by its path, has changed something. */
export const tellers: Readonly<Record<string, Teller>> = {
  "/update-user": plain("account.update"),
  "/change-password": plain("account.change_password"),
  "/two-factor/enable": plain("account.enable_second_factor", { verified: false }),
  "/two-factor/disable": plain("account.disable_second_factor"),
  "/two-factor/generate-backup-codes": plain("account.renew_backup_codes"),
  "/two-factor/verify-totp": async ({ db }, { caller }) => {
    const where = { id: caller.userId, twoFactorEnabled: false };
    const isSetUp = (await db.prisma.user.count({ where })) > 0;
    return isSetUp ? { action: "account.enable_second_factor", details: { verified: true } } : null;
  },
  "/passkey/verify-registration": (_deps, { body }) => ({
    action: "account.add_passkey",
    details: { name: typeof body.name === "string" ? body.name : null },
  }),
  "/passkey/update-passkey": ofPasskey("account.rename_passkey"),
  "/passkey/delete-passkey": ofPasskey("account.remove_passkey"),
  "/revoke-session": ofSessions,
  "/revoke-sessions": ofSessions,
  "/revoke-other-sessions": ofSessions,
  "/organization/update": async ({ db }, { body }) => {
    const id = typeof body.organizationId === "string" ? body.organizationId : "";
    // better-auth itself refuses what is no id.
    if (!isUuid(id)) return null;
    const before = await db.prisma.workspace.findFirst({ where: { id }, select: { name: true, slug: true } });
    if (!before) return null;
    const { name, slug } = dataOf(body);
    const after = { ...(typeof name === "string" ? { name } : {}), ...(typeof slug === "string" ? { slug } : {}) };
    const target = { type: "workspace", id, name: before.name };
    return { action: "workspace.update", workspaceId: id, target, details: { before, after } };
  },
  "/organization/invite-member": (_deps, { body }) => ({
    action: "member.invite",
    ...(typeof body.organizationId === "string" ? { workspaceId: body.organizationId } : {}),
    target: { type: "member", id: null, name: typeof body.email === "string" ? body.email.toLowerCase() : null },
    details: { role: String(body.role) },
  }),
  "/organization/remove-member": async (deps, { body }) => {
    const found = await memberOf(deps, body);
    return (
      found && {
        action: "member.remove",
        workspaceId: found.workspaceId,
        target: found.target,
        details: { role: found.role },
      }
    );
  },
  "/organization/update-member-role": async (deps, { body }) => {
    const found = await memberOf(deps, body);
    if (!found) return null;
    const details = { before: found.role, after: String(body.role) };
    return { action: "member.set_role", workspaceId: found.workspaceId, target: found.target, details };
  },
  "/organization/leave": (_deps, { body, caller }) => ({
    action: "member.leave",
    ...(typeof body.organizationId === "string" ? { workspaceId: body.organizationId } : {}),
    target: { type: "member", id: caller.userId, name: caller.name },
  }),
  "/organization/cancel-invitation": aboutInvitation("invitation.withdraw"),
  "/organization/accept-invitation": aboutInvitation("invitation.accept"),
  "/organization/reject-invitation": aboutInvitation("invitation.reject"),
};

function dataOf({ data }: Body): Body {
  return typeof data === "object" && data !== null ? { ...data } : {};
}

/**
 * Reads who makes a call that may change something, and what. The function that comes back writes its event where the call
 * has succeeded, and counts the refusal of somebody who is known.
 */
export async function watchCall(
  deps: AccountDeps,
  request: FastifyRequest,
  path: string,
): Promise<(status: number) => Promise<void>> {
  if (request.method !== "POST" || !request.headers.cookie) return async () => {};
  const session = await readSession(deps, clientHeaders(request));
  if (!session.ok) return async () => {};
  const { caller } = session;
  const write = await prepareEvent(deps, request, { path, body: bodyOf(request.body), caller });
  return async (status) => {
    if (status < 300) return write();
    if (status !== 401 && status !== 403) return;
    deps.denials.record({
      workspaceId: caller.workspaceId,
      actor: actorOf(caller),
      code: "insufficient_role",
      route: `/api/auth${path}`,
      origin: originOf(request),
      at: deps.context.now(),
    });
  };
}

function bodyOf(text: unknown): Body {
  try {
    const body: unknown = JSON.parse(String(text));
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}

/** Reads what a call is about to change; the function that comes back writes its event, once the call has succeeded. */
async function prepareEvent(deps: AccountDeps, request: FastifyRequest, call: AuthCall): Promise<() => Promise<void>> {
  // Where a body names no workspace, or by an empty text, it is the one in which the session acts.
  const body = { ...call.body, organizationId: call.body.organizationId || call.caller.workspaceId };
  const draft = await tellers[call.path]?.(deps, { ...call, body });
  if (!draft) return async () => {};
  const { workspaceId, ...event } = draft;
  const actor: Actor = { type: "user", id: call.caller.userId, name: call.caller.name };
  const source = { ...deps.context, origin: originOf(request), actor, workspaceId: workspaceId ?? null };
  return () =>
    workspaceId === undefined
      ? deps.db.prisma.$transaction((tx) => appendAboutPerson(source, tx, call.caller.userId, event))
      : appendEvent(source, { ...event, workspaceId });
}
