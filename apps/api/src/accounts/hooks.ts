import { type Role, roleOf } from "@tocsin/core/access";
import { endOtherLinks } from "@tocsin/core/people";
import type { PrismaClient } from "@tocsin/db";
import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import { z } from "zod";
import type { FailedSignIn } from "./failed-sign-in";
import { invitationIdOf, newInvitationSecret } from "./invitation-id";
import { beforeRegistration, ownerOfPasskey } from "./passkeys";
import { passwordProblem } from "./passwords/policy";
import type { Secrets } from "./sealing";
import { claimCode, openSecondFactor } from "./second-factor";
import { guardReach } from "./sso/guard";

type Deps = { db: PrismaClient; secrets: Secrets; passwordMinLength: number };
type Call = Parameters<typeof getSessionFromCtx>[0];

/** What an endpoint of better-auth gets in place of what was sent. */
type Changed = { context: { body?: object; query?: object } };
type Before = (deps: Deps, ctx: Call) => Changed | undefined | Promise<Changed | undefined>;

/** What is done before an endpoint of better-auth, by its path. */
const before: Readonly<Record<string, Before>> = {
  // A password is changed because somebody else may know it.
  "/change-password": async (deps, ctx) => {
    const session = await getSessionFromCtx(ctx);
    if (session) await requireGoodPassword(deps, ctx.body?.newPassword, session.user);
    return ctx.body?.revokeOtherSessions === undefined
      ? { context: { body: { revokeOtherSessions: true } } }
      : undefined;
  },
  "/sign-up/email": (deps, { body }) => requireGoodPassword(deps, body?.password, body),
  "/reset-password": async (deps, ctx) => {
    const token: unknown = ctx.body?.token ?? ctx.query?.token;
    const reset =
      typeof token === "string"
        ? await ctx.context.internalAdapter.findVerificationValue(`reset-password:${token}`)
        : null;
    const user = reset ? await ctx.context.internalAdapter.findUserById(reset.value) : null;
    await requireGoodPassword(deps, ctx.body?.newPassword, user);
  },
  "/two-factor/verify-totp": async (deps, ctx) => {
    const factor = await requireSecondFactor(deps, ctx);
    const code: unknown = ctx.body?.code;
    if (!factor || typeof code !== "string" || (await claimCode(deps.db, factor, code, new Date()))) return;
    throw new APIError("UNAUTHORIZED", {
      code: "CODE_USED",
      message: "This code was used already. Wait for the next one.",
    });
  },
  "/two-factor/verify-backup-code": openFirst,
  "/two-factor/get-totp-uri": openFirst,
  "/passkey/verify-registration": ({ db }, ctx) => beforeRegistration(db, ctx),
  // The link of an invitation has its secret; the table has the hash.
  "/organization/accept-invitation": bySecret,
  "/organization/reject-invitation": bySecret,
  "/organization/get-invitation": (_deps, { query }) =>
    typeof query?.id === "string" ? { context: { query: { id: invitationIdOf(query.id) } } } : undefined,
  // The link of an invitation is answered once: to send it again is to make another.
  "/organization/invite-member": (_deps, { body }) => ({ context: { body: { resend: false, ...oneRole(body) } } }),
  "/organization/update-member-role": (_deps, { body }) => ({ context: { body: oneRole(body) } }),
};

/** The role that a body names, under its present name; fields.ts has seen that it is one. */
function oneRole(body: Call["body"]): { role?: Role } {
  const role: unknown = body?.role;
  return typeof role === "string" ? { role: roleOf(role) } : {};
}

export function beforeHooks(deps: Deps) {
  return createAuthMiddleware(async (ctx) => {
    await guardReach(deps.db, ctx);
    return before[ctx.path]?.(deps, ctx);
  });
}

/** Answers a new invitation with the secret of its link in place of the id, which is the secret's hash from then on. */
export function afterHooks({
  db,
  onFailedSignIn,
}: Pick<Deps, "db"> & { onFailedSignIn: (failed: FailedSignIn) => void }) {
  return createAuthMiddleware(async (ctx) => {
    const made: unknown = ctx.context.returned;
    const failed = await failedSignIn(db, ctx, made);
    if (failed) onFailedSignIn(failed);
    if (ctx.path === "/change-password") return endLinksOf(db, made);
    if (ctx.path !== "/organization/invite-member") return;
    if (typeof made !== "object" || made === null || !("id" in made) || typeof made.id !== "string") return;
    const secret = newInvitationSecret();
    await db.invitation.update({
      where: { id: made.id },
      data: { id: invitationIdOf(secret) },
      select: { id: true },
    });
    return ctx.json({ ...made, id: secret });
  });
}

/** What better-auth answers when a password was changed. */
const changedPassword = z.object({ user: z.object({ id: z.string() }) });

async function endLinksOf(db: PrismaClient, answer: unknown): Promise<void> {
  const changed = changedPassword.safeParse(answer).data;
  if (changed) await endOtherLinks(db, changed.user.id);
}

/** Throws APIError for a password that nobody, or not its owner, should have. */
async function requireGoodPassword(deps: Deps, password: unknown, owner: unknown): Promise<undefined> {
  if (typeof password !== "string" || password.length > 256) return;
  const problem = await passwordProblem(password, ownerOf.parse(owner ?? {}), deps.passwordMinLength);
  if (problem) throw new APIError("BAD_REQUEST", { code: "PASSWORD_REFUSED", message: `This password ${problem}.` });
}

/** Of what was sent, or of the account. */
const ownerOf = z.object({
  name: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
});

/** Who could not get in, where somebody tried to: the account that they named, or gave the password of. */
async function failedSignIn(db: PrismaClient, ctx: Call, answer: unknown): Promise<FailedSignIn | null> {
  if (!(answer instanceof APIError)) return null;
  const { path, headers } = ctx;
  if (path === "/passkey/verify-authentication") {
    const owner = await ownerOfPasskey(db, ctx.body);
    return owner === null ? null : { who: { id: owner }, what: "passkey", headers };
  }
  if (answer.status !== "UNAUTHORIZED") return null;
  const email: unknown = ctx.body?.email;
  if (path === "/sign-in/email") {
    return typeof email === "string" ? { who: { email: email.toLowerCase() }, what: "password", headers } : null;
  }
  if (path !== "/two-factor/verify-totp" && path !== "/two-factor/verify-backup-code") return null;
  const id = await callerOf(ctx);
  return id === null ? null : { who: { id }, what: "code", headers };
}

function bySecret(_deps: Deps, { body }: Call): Changed | undefined {
  const secret: unknown = body?.invitationId;
  return typeof secret === "string" ? { context: { body: { invitationId: invitationIdOf(secret) } } } : undefined;
}

async function openFirst(deps: Deps, ctx: Call): Promise<undefined> {
  await requireSecondFactor(deps, ctx);
}

/** The second factor of whoever calls; null where nobody is known or has one. Throws where it cannot be opened. */
async function requireSecondFactor(deps: Deps, ctx: Call): Promise<{ id: string; secret: string } | null> {
  const userId = await callerOf(ctx);
  const factor = userId === null ? null : await openSecondFactor(deps, userId);
  if (factor?.kind === "sealed") {
    throw new APIError("CONFLICT", {
      code: "SECOND_FACTOR_UNREADABLE",
      message:
        "The second factor of this account was stored under another TOCSIN_SECRET. Ask the operator of this instance to name it in TOCSIN_PREVIOUS_SECRETS.",
    });
  }
  return factor?.kind === "open" ? factor : null;
}

/** Who is signed in, or has given the password and owes the second factor. */
async function callerOf(ctx: Call): Promise<string | null> {
  const session = await getSessionFromCtx(ctx);
  if (session) return session.user.id;
  const { name } = ctx.context.createAuthCookie("two_factor");
  const identifier = await ctx.getSignedCookie(name, ctx.context.secret);
  const challenge = identifier ? await ctx.context.internalAdapter.findVerificationValue(identifier) : null;
  return challenge?.value ?? null;
}
