import type { GrantableRole } from "./use-provider";

/** The roles that a provider may give. */
export const grantable = { admin: "Admin", member: "Member" } as const satisfies Record<GrantableRole, string>;
