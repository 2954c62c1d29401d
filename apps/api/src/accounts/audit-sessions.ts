import { appendEvent } from "@tocsin/core/audit";
import type { Context } from "@tocsin/core/context";
import type { BetterAuthOptions } from "better-auth";

export type SessionHooks = NonNullable<NonNullable<BetterAuthOptions["databaseHooks"]>["session"]>;

type SessionRow = { userId: string; ipAddress?: string | null | undefined; userAgent?: string | null | undefined };
type Call = { path?: string; headers?: Headers | undefined } | null;

const endings = new Set(["/sign-out", "/revoke-session", "/revoke-sessions", "/revoke-other-sessions"]);

/** Writes who signed in and out to the audit log of the workspace where they do; a failure to write ends no sign-in. */
export function auditSessions(ctx: Pick<Context, "db" | "now" | "log" | "auditKeys">): SessionHooks {
  const write = async (action: "session.sign_in" | "session.sign_out", session: SessionRow, call: Call) => {
    const user = await ctx.db.user.findUnique({
      where: { id: session.userId },
      select: {
        name: true,
        twoFactorEnabled: true,
        members: { orderBy: [{ createdAt: "asc" }, { id: "asc" }], take: 1, select: { workspaceId: true } },
      },
    });
    // With a second factor, the session of the first step is taken back: nobody is in yet.
    if (!user || (user.twoFactorEnabled && call?.path === "/sign-in/email")) return;
    const origin = {
      ip: session.ipAddress || null,
      userAgent: session.userAgent?.slice(0, 300) || null,
      requestId: call?.headers?.get("x-tocsin-request-id") ?? null,
    };
    const actor = { type: "user", id: session.userId, name: user.name } as const;
    await appendEvent({ ...ctx, origin, actor, workspaceId: user.members[0]?.workspaceId ?? null }, { action });
  };
  const attempt = (...args: Parameters<typeof write>) =>
    write(...args).catch((error: unknown) =>
      ctx.log.warn({ err: error }, "a sign-in could not be written to the audit log"),
    );
  return {
    create: { after: (session, call) => attempt("session.sign_in", session, call) },
    delete: {
      after: async (session, call) => {
        if (endings.has(call?.path ?? "")) await attempt("session.sign_out", session, call);
      },
    },
  };
}
