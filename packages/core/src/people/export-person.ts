import { type Authorized, roleOf, type SessionCaller } from "../access";
import type { Call } from "../context";
import { appendAboutPerson } from "./about-person";
import type { ExportedPerson } from "./shape";

/** Events of a person that an export names; the audit log of each workspace has all of them. */
const mostEvents = 10_000;

/** What is stored of whoever asks: account, memberships, sessions, what they made, and what the audit log says they did. */
export async function exportPerson(ctx: Call<Authorized<SessionCaller>>): Promise<ExportedPerson> {
  const { userId, email } = ctx.caller;
  const user = await ctx.db.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      name: true,
      email: true,
      operator: true,
      twoFactorEnabled: true,
      createdAt: true,
      members: { select: memberColumns },
      sessions: { select: sessionColumns },
      passkeys: { select: { name: true, createdAt: true } },
    },
  });
  const made = {
    where: { createdBy: email },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true, createdAt: true },
  } as const;
  const [keys, tokens, watchlists] = await Promise.all([
    ctx.db.apiKey.findMany(made),
    ctx.db.managementToken.findMany(made),
    ctx.db.watchlist.findMany(made),
  ]);
  const events = await ctx.db.auditEvent.findMany({
    where: { actorType: "user", actorId: userId },
    orderBy: { id: "desc" },
    take: mostEvents,
    select: { at: true, action: true, workspaceId: true, ip: true, userAgent: true },
  });
  await ctx.db.$transaction((tx) => appendAboutPerson(ctx, tx, userId, { action: "account.export" }));
  return {
    exported_at: ctx.now().toISOString(),
    account: {
      id: userId,
      name: user.name,
      email: user.email,
      operator: user.operator,
      two_factor_enabled: user.twoFactorEnabled,
      created_at: user.createdAt.toISOString(),
    },
    workspaces: user.members.map(({ role, createdAt, workspace }) => ({
      ...workspace,
      role: roleOf(role),
      joined_at: createdAt.toISOString(),
    })),
    sessions: user.sessions.map(({ createdAt, expiresAt, ipAddress, userAgent }) => ({
      created_at: createdAt.toISOString(),
      expires_at: expiresAt.toISOString(),
      ip: ipAddress,
      user_agent: userAgent,
    })),
    passkeys: user.passkeys.map(({ name, createdAt }) => ({ name, created_at: createdAt?.toISOString() ?? null })),
    keys: keys.map(madeOf),
    tokens: tokens.map(madeOf),
    watchlists: watchlists.map(madeOf),
    events: events.map(({ at, action, workspaceId, ip, userAgent }) => ({
      at: at.toISOString(),
      action,
      workspace_id: workspaceId,
      ip,
      user_agent: userAgent,
    })),
  };
}

const memberColumns = { role: true, createdAt: true, workspace: { select: { id: true, name: true } } } as const;
const sessionColumns = { createdAt: true, expiresAt: true, ipAddress: true, userAgent: true } as const;

function madeOf({ id, name, createdAt }: { id: string; name: string; createdAt: Date }) {
  return { id, name, created_at: createdAt.toISOString() };
}
