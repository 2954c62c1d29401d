import { AppError } from "../errors";
import type { Authorized, SessionCaller, SystemCaller, TokenCaller } from "./caller";

/** Who may work on keys: a person or a management token in their workspace, or the command line in the one that it names. */
export type KeyAdmin = Authorized<SessionCaller | TokenCaller | SystemCaller>;

/** Throws `insufficient_role` for a person who is not an operator of the instance. */
export function requireOperator(caller: Authorized<SessionCaller | SystemCaller>): void {
  if (caller.kind === "session" && !caller.operator) {
    throw new AppError("insufficient_role", { details: { required_role: "operator" } });
  }
}

/** Throws `insufficient_role` for a member. */
export function requireAdmin(caller: Authorized<SessionCaller | TokenCaller | SystemCaller>): void {
  if (caller.kind === "session" && caller.role === "member") {
    throw new AppError("insufficient_role", { details: { role: caller.role, required_role: "admin" } });
  }
}

/**
 * Throws `insufficient_role` for a member, who may look at keys but neither make nor end them, and
 * `insufficient_scope` for a management token without `manage:keys:write`.
 */
export function requireKeyAdmin(caller: KeyAdmin): void {
  if (caller.kind === "token" && !caller.scopes.includes("manage:keys:write")) {
    throw new AppError("insufficient_scope", { details: { scope: "manage:keys:write" } });
  }
  requireAdmin(caller);
}

/** The workspace that the caller acts in; a system caller must name one. */
export function workspaceOf(caller: KeyAdmin): string {
  if (caller.workspaceId === undefined) throw new Error(`the ${caller.kind} caller names no workspace`);
  return caller.workspaceId;
}
