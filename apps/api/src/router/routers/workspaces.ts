import {
  deletedWorkspaceShape,
  deleteWorkspace,
  deleteWorkspaceInput,
  exportedWorkspaceShape,
  exportWorkspace,
  listWorkspaces,
  makeWorkspace,
  makeWorkspaceInput,
  renameWorkspace,
  renameWorkspaceInput,
  setMembership,
  setMembershipInput,
  setSuspended,
  setSuspendedInput,
  setTier,
  setTierInput,
  workspaceListShape,
  workspaceShape,
} from "@tocsin/core/workspaces";
import { bySession, router } from "../procedure";

const byOperator = () => bySession({ operator: true });

/** The workspaces of the instance, for its operators; a workspace's own end is its owners' too. */
export const workspacesRouter = router({
  list: byOperator()
    .output(workspaceListShape)
    .query(({ ctx }) => listWorkspaces(ctx)),

  create: byOperator()
    .input(makeWorkspaceInput)
    .output(workspaceShape)
    .mutation(({ ctx, input }) => makeWorkspace(ctx, input)),

  rename: byOperator()
    .input(renameWorkspaceInput)
    .output(workspaceShape)
    .mutation(({ ctx, input }) => renameWorkspace(ctx, input)),

  setMembership: byOperator()
    .input(setMembershipInput)
    .output(workspaceShape)
    .mutation(({ ctx, input }) => setMembership(ctx, input)),

  delete: byOperator()
    .input(deleteWorkspaceInput)
    .output(deletedWorkspaceShape)
    .mutation(({ ctx, input }) => deleteWorkspace(ctx, input)),

  deleteOwn: bySession({ right: "workspace:delete" })
    .input(deleteWorkspaceInput.pick({ slug: true }))
    .output(deletedWorkspaceShape)
    .mutation(({ ctx, input }) => deleteWorkspace(ctx, { ...input, workspaceId: ctx.caller.workspaceId })),

  export: bySession({ right: "workspace:delete" })
    .output(exportedWorkspaceShape)
    .mutation(({ ctx }) => exportWorkspace(ctx)),

  setTier: byOperator()
    .input(setTierInput)
    .output(workspaceShape)
    .mutation(({ ctx, input }) => setTier(ctx, input)),

  setSuspended: byOperator()
    .input(setSuspendedInput)
    .output(workspaceShape)
    .mutation(({ ctx, input }) => setSuspended(ctx, input)),
});
