import type { Authorized, SessionCaller, SystemCaller } from "../access";
import type { Call } from "../context";
import { insistOnOperator } from "./operator";
import { toWorkspace, type WorkspaceList, type WorkspaceRow, workspaceRows } from "./shape";

/** Every workspace of the instance, oldest first; for its operators only. */
export async function listWorkspaces(ctx: Call<Authorized<SessionCaller | SystemCaller>>): Promise<WorkspaceList> {
  insistOnOperator(ctx.caller);
  const rows = await ctx.sql.query<WorkspaceRow>(`${workspaceRows} ORDER BY created_at, id`, [ctx.now().toISOString()]);
  return { data: rows.map(toWorkspace), meta: { total: rows.length } };
}
