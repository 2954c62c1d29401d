import { AppError } from "../errors";
import type { Access } from "./access";
import { authorize } from "./authorize";
import type { Authorized, Caller, SessionCaller, SystemCaller, TokenCaller } from "./caller";
import type { Right } from "./roles";

// Routes say who may call them as data, and the gate asks `authorize`. Verbs ask the same function, so that no way to
// a verb, now or later, lets in whom its routes refuse.

/** Who may work on keys: a person or a management token in their workspace, or the command line in the one that it names. */
export type KeyAdmin = Authorized<SessionCaller | TokenCaller | SystemCaller>;

/** Throws `insufficient_role` for a person who is not an operator of the instance. */
export function requireOperator(caller: Authorized<SessionCaller | SystemCaller>): void {
  requireAccess(caller, { by: "session", operator: true });
}

/** Throws `insufficient_role` for a person whose role in their workspace has not the right. */
export function requireRight(caller: Authorized<SessionCaller | SystemCaller>, right: Right): void {
  requireAccess(caller, { by: "session", right });
}

/**
 * Throws `insufficient_role` for a person whose role may neither make nor end keys, and
 * `insufficient_scope` for a management token without `manage:keys:write`.
 */
export function requireKeyAdmin(caller: KeyAdmin): void {
  requireAccess(
    caller,
    caller.kind === "token" ? { by: "token", scope: "manage:keys:write" } : { by: "session", right: "keys:write" },
  );
}

/** Throws `insufficient_scope` for a management token that may not provision members. */
export function requireProvisioner(caller: Authorized<TokenCaller>): void {
  requireAccess(caller, { by: "token", scope: "manage:members" });
}

function requireAccess(caller: Caller, access: Access): void {
  const decision = authorize(caller, access);
  if (!decision.allowed) throw new AppError(decision.code, decision.details ? { details: decision.details } : {});
}

/** The workspace that the caller acts in; a system caller must name one. */
export function workspaceOf(caller: KeyAdmin): string {
  if (caller.workspaceId === undefined) throw new Error(`the ${caller.kind} caller names no workspace`);
  return caller.workspaceId;
}
