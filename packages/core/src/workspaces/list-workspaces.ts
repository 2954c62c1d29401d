import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import type { Call } from "../context";
import { toWorkspace, type WorkspaceList, type WorkspaceRow, workspaceRows } from "./shape";

/** Every workspace of the instance, oldest first; for its operators only. */
export async function listWorkspaces(ctx: Call<Authorized<SessionCaller | SystemCaller>>): Promise<WorkspaceList> {
  requireOperator(ctx.caller);
  const rows = await ctx.sql.query<WorkspaceRow>(`${workspaceRows} ORDER BY created_at, id`, [ctx.now().toISOString()]);
  return { data: rows.map(toWorkspace), meta: { total: rows.length } };
}
