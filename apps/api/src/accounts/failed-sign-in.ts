import type { Context } from "@tocsin/core/context";
import { appendAboutPerson } from "@tocsin/core/people";

/** A wrong password for an address, or a wrong code of somebody who gave the password. */
export type FailedSignIn = {
  who: { email: string } | { id: string };
  what: "password" | "code" | "passkey";
  headers: Headers | undefined;
};

/**
 * Writes that somebody tried to get into an account in vain; of an address that nobody has nothing is written. Does not
 * wait: how long it takes would tell who has an account. limits.ts bounds how often it can happen.
 */
export function recordFailedSignIn(
  ctx: Pick<Context, "db" | "now" | "log" | "auditKeys">,
  { who, what, headers }: FailedSignIn,
): void {
  const write = async () => {
    const user = await ctx.db.user.findUnique({ where: who, select: { id: true, name: true } });
    if (!user) return;
    const origin = {
      ip: headers?.get("x-tocsin-client-ip") ?? null,
      userAgent: headers?.get("user-agent")?.slice(0, 300) ?? null,
      requestId: headers?.get("x-tocsin-request-id") ?? null,
    };
    const actor = { type: "system", id: null, name: "sign-in" } as const;
    const target = { type: "person", id: user.id, name: user.name };
    await ctx.db.$transaction((tx) =>
      appendAboutPerson({ ...ctx, origin, actor, workspaceId: null }, tx, user.id, {
        action: "session.fail",
        outcome: "denied",
        target,
        reason: `wrong ${what}`,
      }),
    );
  };
  void write().catch((err: unknown) => ctx.log.warn({ err }, "a failed sign-in could not be written to the audit log"));
}
