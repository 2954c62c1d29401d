import { type Authorized, authenticated, roleOf, type SessionCaller, tierOf } from "@tocsin/core/access";
import { isOver, reaches } from "@tocsin/core/single-sign-on";
import type { PrismaClient } from "@tocsin/db";
import { type Auth, sessionCookie } from "./auth";
import { reachOf } from "./sso/guard";

export type SessionVerdict =
  | { ok: true; caller: Authorized<SessionCaller> }
  | { ok: false; code: "missing_session" | "invalid_session" };

/**
 * Who is signed in, by the session cookie alone, and in which of their workspaces they act: the session's active one
 * while they are still a member of it and the session reaches it, else the first that they joined.
 */
export async function readSession(
  deps: { auth: Auth; db: { prisma: PrismaClient } },
  headers: Headers,
): Promise<SessionVerdict> {
  if (!hasSessionCookie(headers.get("cookie"))) return { ok: false, code: "missing_session" };
  const found = await deps.auth.api.getSession({ headers });
  if (!found || found.user.disabledAt) return { ok: false, code: "invalid_session" };
  const reach = reachOf(found);
  if (isOver(reach, new Date())) return { ok: false, code: "invalid_session" };
  const all = await deps.db.prisma.member.findMany({
    where: { userId: found.user.id, workspace: { suspendedAt: null } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: {
      role: true,
      workspace: { select: { id: true, tier: true, overrides: true, requiredProviderId: true } },
    },
  });
  const memberships = all.filter(({ workspace }) => reaches(reach, workspace));
  const active =
    memberships.find((member) => member.workspace.id === found.session.activeOrganizationId) ?? memberships[0];
  if (!active) return { ok: false, code: "invalid_session" };
  return {
    ok: true,
    caller: authenticated({
      kind: "session",
      userId: found.user.id,
      name: found.user.name,
      email: found.user.email,
      // A workspace's provider vouches for nobody beyond the workspace.
      operator: reach.operator && reach.ssoWorkspaceId === null,
      sessionId: found.session.id,
      ...(reach.ssoWorkspaceId === null ? {} : { workspaceOnly: true }),
      workspaceId: active.workspace.id,
      role: roleOf(active.role),
      tier: tierOf(active.workspace.tier, active.workspace.overrides),
    }),
  };
}

function hasSessionCookie(cookie: string | null): boolean {
  return cookie?.split(";").some((part) => part.trim().startsWith(`${sessionCookie}=`)) ?? false;
}
