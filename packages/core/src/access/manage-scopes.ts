/** What a management token may do. */
export const manageScopes = ["manage:keys:read", "manage:keys:write", "manage:members"] as const;
export type ManageScope = (typeof manageScopes)[number];
