import { queryOptions } from "@tanstack/react-query";
import { answered, auth } from "../../lib/auth";
import { instanceUrl } from "../../lib/base";
import type { Role } from "../../lib/me";
import { offeredOf } from "../../lib/tables";

/** What each role may do. */
export const roles = {
  member: { label: "Member", note: "Reads, looks up values, sees keys" },
  admin: { label: "Admin", note: "Also creates and revokes keys, and invites members" },
  owner: { label: "Owner", note: "Everything, including other owners" },
} as const satisfies Record<Role, { label: string; note: string }>;

/** The roles that someone of `role` may give: only owners make owners. */
export function rolesGivenBy(role: Role) {
  return offeredOf(roles).filter(({ value }) => value !== "owner" || role === "owner");
}

const prefix = ["account", "workspace"] as const;

/** All that the account client has read of workspaces. */
export const workspaceAccounts = prefix;

export function membersOf(organizationId: string) {
  return queryOptions({
    queryKey: [...prefix, organizationId, "members"],
    queryFn: async () =>
      (await answered(auth.organization.listMembers({ query: { organizationId, limit: 500 } }))).members,
  });
}

/** The invitations that are still open. */
export function invitationsOf(organizationId: string) {
  return queryOptions({
    queryKey: [...prefix, organizationId, "invitations"],
    queryFn: async () => {
      const all = await answered(auth.organization.listInvitations({ query: { organizationId } }));
      const now = Date.now();
      return all.filter(({ status, expiresAt }) => status === "pending" && new Date(expiresAt).getTime() > now);
    },
  });
}

/** The link, from the secret that a new invitation is answered with; the list of invitations does not have it. */
export function invitationLink(secret: string): string {
  return `${instanceUrl}/accept-invitation/${secret}`;
}
