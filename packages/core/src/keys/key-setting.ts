import { type Authorized, planOf, type SessionCaller, type SystemCaller, type TokenCaller, tierOf } from "../access";
import type { Call } from "../context";
import { AppError } from "../errors";
import type { KeySetting } from "./shape";

/** Who may work on keys: a person or a management token in their workspace, or the command line in the one that it names. */
export type KeyKeeper = Authorized<SessionCaller | TokenCaller | SystemCaller>;

/** The workspace that the caller acts in; a system caller must name one. */
export function workspaceOf(caller: KeyKeeper): string {
  if (caller.workspaceId === undefined) throw new Error(`the ${caller.kind} caller names no workspace`);
  return caller.workspaceId;
}

/** Throws `insufficient_role` for a member, who may look at keys but not make or end them, `insufficient_scope` for a token. */
export function insistOnKeeper(caller: KeyKeeper): void {
  if (caller.kind === "token" && !caller.scopes.includes("manage:keys:write")) {
    throw new AppError("insufficient_scope", { details: { scope: "manage:keys:write" } });
  }
  if (caller.kind === "session" && caller.role === "member") {
    throw new AppError("insufficient_role", { details: { role: caller.role, required_role: "admin" } });
  }
}

/** What the wire shape of a key needs beside its row. */
export async function keySetting(ctx: Call<KeyKeeper>): Promise<KeySetting> {
  const { caller } = ctx;
  const about = { keyPrefix: ctx.instance.keyPrefix, now: ctx.now() };
  if (caller.kind !== "system") return { tier: caller.tier, plan: caller.plan, ...about };
  const workspace = await ctx.db.workspace.findUnique({
    where: { id: workspaceOf(caller) },
    select: { tier: true, overrides: true },
  });
  if (!workspace) throw new AppError("not_found");
  return { tier: tierOf(workspace.tier), plan: planOf(workspace.tier, workspace.overrides), ...about };
}

/** How a key's row names who made or ended it. */
export function signatureOf(caller: KeyKeeper): string {
  if (caller.kind === "token") return `${caller.tokenName} (management token)`;
  return caller.kind === "session" ? caller.email : caller.name;
}
