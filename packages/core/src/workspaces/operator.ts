import type { Authorized, SessionCaller, SystemCaller } from "../access";
import { AppError } from "../errors";

/** Throws `insufficient_role` for a person who is not an operator of the instance. */
export function insistOnOperator(caller: Authorized<SessionCaller | SystemCaller>): void {
  if (caller.kind === "session" && !caller.operator) {
    throw new AppError("insufficient_role", { details: { required_role: "operator" } });
  }
}
