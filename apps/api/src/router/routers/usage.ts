import { getWorkspaceUsage, workspaceUsageInput, workspaceUsageShape } from "@tocsin/core/usage";
import { bySession, router } from "../procedure";

export const usageRouter = router({
  get: bySession({
    right: "keys:read",
    rest: {
      method: "GET",
      path: "/api/v1/usage",
      operationId: "getWorkspaceUsage",
      tag: "API Keys",
      summary: "Read how the workspace's keys were used",
      description:
        "The figures of `getAPIKeyUsage` for all keys of the workspace together, and the hundred keys and owners with the most requests. The peaks are those of any one key. `format=csv` is a file with one row for each day, key, endpoint and status.",
      errors: ["invalid_parameter", "insufficient_role"],
    },
  })
    .input(workspaceUsageInput)
    .output(workspaceUsageShape)
    .query(({ ctx, input }) => getWorkspaceUsage(ctx, input)),
});
