import { isUuid } from "@tocsin/core/errors";
import { isOver, type ReachOf, reaches } from "@tocsin/core/single-sign-on";
import type { PrismaClient } from "@tocsin/db";
import { APIError, getSessionFromCtx } from "better-auth/api";
import { invitationIdOf } from "../invitation-id";
import { refusal, requiredOfInstance } from "./required";

type Call = Parameters<typeof getSessionFromCtx>[0];
type Fields = Readonly<Record<string, unknown>>;

/** What needs no session, or ends one. `get-session` is asked for each request, and reaches nothing. */
const ofNobody =
  /^\/(?:get-session|ok|error|sign-out|sign-in\/.+|two-factor\/verify-.+|passkey\/(?:generate-authenticate-options|verify-authentication))$/;
/** What a session of a workspace's provider may do: with that workspace, and with nothing of the person's own. */
const inWorkspace =
  /^\/organization\/(?:update|invite-member|cancel-invitation|list-invitations|accept-invitation|reject-invitation|get-invitation|update-member-role|remove-member|list-members|get-full-organization|get-active-member|get-active-member-role|has-permission|set-active|leave)$/;
/** The link has the secret of which the table has the hash. */
const bySecret = /^\/organization\/(?:accept|reject|get)-invitation$/;

/**
 * Refuses a call of `/api/auth` that would reach a workspace which the caller's session does not reach, by whichever of
 * id, slug, invitation or active workspace it is named; and, to a session of a workspace's provider, what is not of that
 * workspace. Throws APIError.
 */
export async function guardReach(db: PrismaClient, ctx: Call): Promise<void> {
  const path = ctx.path ?? "";
  if (path === "" || ofNobody.test(path)) return;
  if (path === "/sign-up/email") return requirePasswords(db);
  const found = await getSessionFromCtx(ctx);
  if (found) await requireReach(db, ctx, found);
}

/** Whoever signs up gets a password. */
async function requirePasswords(db: PrismaClient): Promise<void> {
  if ((await requiredOfInstance(db)) !== null) throw refusal();
}

async function requireReach(db: PrismaClient, ctx: Call, found: { session: Fields; user: Fields }): Promise<void> {
  const path = ctx.path ?? "";
  const reach = reachOf(found);
  if (isOver(reach, new Date())) throw new APIError("UNAUTHORIZED");
  if (reach.ssoWorkspaceId !== null && !inWorkspace.test(path)) {
    throw new APIError("FORBIDDEN", {
      code: "SINGLE_SIGN_ON_SESSION",
      message:
        "A session by a workspace's single sign-on reaches that workspace alone. Sign in with your password for this.",
    });
  }
  if (!path.startsWith("/organization/")) return;
  const active = fieldsOf(found.session).activeOrganizationId;
  const named = await namedWorkspaces(db, ctx, textOf(active));
  if (!named.every((workspace) => reaches(reach, workspace))) throw refusal();
}

/** What better-auth's session and user say of its reach; absent fields are those of a password's session. */
export function reachOf(found: { session: Fields; user: Fields }): ReachOf {
  const { session, user } = found;
  const createdAt = session.createdAt;
  return {
    operator: user.operator === true,
    createdAt: createdAt instanceof Date ? createdAt : new Date(String(createdAt)),
    ssoProviderId: textOf(session.ssoProviderId),
    ssoWorkspaceId: textOf(session.ssoWorkspaceId),
  };
}

/** Every workspace that the call may mean; the active one where it names none. */
async function namedWorkspaces(db: PrismaClient, ctx: Call, active: string | null) {
  // What an endpoint does not read must not stand in for what it does.
  const given = fieldsOf(ctx.method === "GET" ? ctx.query : ctx.body);
  const all = (name: string) => [textOf(given[name])].filter((text) => text !== null);
  const path = ctx.path ?? "";
  const secret = bySecret.test(path);
  const ids = all("organizationId");
  const slugs = all("organizationSlug");
  const invitations = [...all("invitationId"), ...(secret ? all("id") : [])].map((id) =>
    secret ? invitationIdOf(id) : id,
  );
  // The database reads other forms of a UUID, too; here there is one.
  if (![...ids, ...invitations].every(isUuid)) throw new APIError("BAD_REQUEST", { message: "The id is no UUID." });
  const ofInvitations = await db.invitation.findMany({
    where: { id: { in: invitations } },
    select: { workspaceId: true },
  });
  ids.push(...ofInvitations.map(({ workspaceId }) => workspaceId));
  const namesNone = ids.length === 0 && slugs.length === 0 && invitations.length === 0;
  const ofActive = path === "/organization/get-active-member" || (namesNone && path !== "/organization/set-active");
  if (ofActive && active !== null) ids.push(active);
  return db.workspace.findMany({
    where: { OR: [{ id: { in: ids } }, { slug: { in: slugs } }] },
    select: { id: true, requiredProviderId: true },
  });
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
