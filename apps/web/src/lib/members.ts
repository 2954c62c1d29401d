import { queryOptions } from "@tanstack/react-query";
import { answered, auth } from "./auth";

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
