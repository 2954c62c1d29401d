import type { Authorized, SessionCaller, SystemCaller } from "../access";
import { AppError } from "../errors";

/** Throws `insufficient_role` for a member. */
export function insistOnAdmin(caller: Authorized<SessionCaller | SystemCaller>): void {
  if (caller.kind === "session" && caller.role === "member") {
    throw new AppError("insufficient_role", { details: { role: caller.role, required_role: "admin" } });
  }
}
