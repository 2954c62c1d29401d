export { createWorkspace } from "./create-workspace";
export { listWorkspaces } from "./list-workspaces";
export { setSuspended } from "./set-suspended";
export { setTier } from "./set-tier";
export {
  type SetTierInput,
  setSuspendedInput,
  setTierInput,
  type Workspace,
  type WorkspaceList,
  workspaceListShape,
  workspaceName,
  workspaceShape,
} from "./shape";
