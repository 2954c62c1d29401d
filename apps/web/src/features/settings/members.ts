import { queryOptions } from "@tanstack/react-query";
import { mayGive, roleCatalog, roles } from "@tocsin/core/access";
import { answered, auth } from "../../lib/auth";
import { instanceUrl } from "../../lib/base";
import type { Role } from "../../lib/me";
import { workspaceAccounts } from "../../lib/members";

/** The roles that someone of `role` may give. */
export function rolesGivenBy(role: Role) {
  return roles.filter((given) => mayGive(role, given)).map((value) => ({ value, label: roleCatalog[value].label }));
}

/** The invitations that are still open. */
export function invitationsOf(organizationId: string) {
  return queryOptions({
    queryKey: [...workspaceAccounts, organizationId, "invitations"],
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
