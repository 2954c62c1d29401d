import {
  listWorkspaces,
  setSuspended,
  setSuspendedInput,
  setTier,
  setTierInput,
  workspaceListShape,
  workspaceShape,
} from "@tocsin/core/workspaces";
import { bySession, router } from "../procedure";

export const workspacesRouter = router({
  list: bySession({ operator: true })
    .output(workspaceListShape)
    .query(({ ctx }) => listWorkspaces(ctx)),

  setTier: bySession({ operator: true })
    .input(setTierInput)
    .output(workspaceShape)
    .mutation(({ ctx, input }) => setTier(ctx, input)),

  setSuspended: bySession({ operator: true })
    .input(setSuspendedInput)
    .output(workspaceShape)
    .mutation(({ ctx, input }) => setSuspended(ctx, input)),
});
