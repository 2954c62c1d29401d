export { createWorkspace } from "./create-workspace";
export { listWorkspaces } from "./list-workspaces";
export { setTier } from "./set-tier";
export {
  type SetTierInput,
  setTierInput,
  type Workspace,
  type WorkspaceList,
  workspaceListShape,
  workspaceName,
  workspaceShape,
} from "./shape";
