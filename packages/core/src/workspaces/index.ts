export { createWorkspace } from "./create-workspace";
export { deleteWorkspace, finishDeletions } from "./delete-workspace";
export { exportWorkspace } from "./export-workspace";
export { keepingSomebody } from "./keeping-somebody";
export { listWorkspaces } from "./list-workspaces";
export { makeWorkspace } from "./make-workspace";
export { renameWorkspace } from "./rename-workspace";
export { setMembership } from "./set-membership";
export { setSuspended } from "./set-suspended";
export { setTier } from "./set-tier";
export {
  deletedWorkspaceShape,
  deleteWorkspaceInput,
  exportedWorkspaceShape,
  makeWorkspaceInput,
  renameWorkspaceInput,
  type SetTierInput,
  setMembershipInput,
  setSuspendedInput,
  setTierInput,
  type Workspace,
  type WorkspaceList,
  workspaceListShape,
  workspaceName,
  workspaceShape,
} from "./shape";
