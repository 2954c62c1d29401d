import { queryOptions } from "@tanstack/react-query";
import { answered, auth } from "../../lib/auth";

export const roleChoices = [
  { value: "member", label: "Member", note: "Reads, looks up, sees keys" },
  { value: "admin", label: "Admin", note: "Also creates and revokes keys, invites" },
  { value: "owner", label: "Owner", note: "Everything, also other owners" },
] as const;
export type RoleName = (typeof roleChoices)[number]["value"];

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

export function invitationLink(invitationId: string): string {
  return `${window.location.origin}/accept-invitation/${invitationId}`;
}
