import { type Authorized, requireOperator, requireRight, type SessionCaller } from "../access";
import type { Call } from "../context";

export type Person = Call<Authorized<SessionCaller>>;

/** Whose provider it is: that of the caller's workspace, or the instance's. */
export type ProviderOf = "workspace" | "instance";

/**
 * The workspace whose provider the caller may change; null for the instance's. Throws `insufficient_role`. Who chooses
 * the provider decides whom it lets in as whom, owners among them: so in a workspace an owner does, and no admin.
 */
export function ownerOf({ caller }: Person, of: ProviderOf): string | null {
  if (of === "instance") {
    requireOperator(caller);
    return null;
  }
  requireRight(caller, "sso:write");
  return caller.workspaceId;
}
