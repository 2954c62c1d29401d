import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter, isUuid } from "../errors";
import { commitRestriction } from "../revocation";
import { type SetSuspendedInput, toWorkspace, type Workspace, type WorkspaceRow, workspaceRows } from "./shape";

/**
 * Shuts a workspace, or opens it again: while it is shut its keys are refused on every node and its people cannot act
 * in it. For operators, who cannot shut the workspace in which they act. Doing it twice keeps the first time.
 */
export async function setSuspended(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  input: SetSuspendedInput,
): Promise<Workspace> {
  requireOperator(ctx.caller);
  const { workspaceId: id, suspended } = input;
  if (!isUuid(id)) throw new AppError("not_found");
  if (suspended && ctx.caller.kind === "session" && ctx.caller.workspaceId === id) {
    throw invalidParameter({ field: "workspaceId", problem: "is the workspace in which you act" });
  }
  return commitRestriction(ctx, async (tx) => {
    const now = ctx.now().toISOString();
    const [before] = await tx.$queryRaw<{ name: string; shut: boolean; going: boolean }[]>`
      SELECT name, suspended_at IS NOT NULL AS shut, deleting_at IS NOT NULL AS going FROM workspace WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    if (!before || before.going) throw new AppError("not_found");
    if (before.shut !== suspended) {
      await tx.$executeRaw`
        UPDATE workspace SET suspended_at = CASE WHEN ${suspended} THEN ${now}::timestamptz END, updated_at = ${now}::timestamptz
        WHERE id = ${id}::uuid`;
      // What came meanwhile was compared with none of its watchlists.
      await tx.$executeRaw`
        WITH locked AS MATERIALIZED (
          SELECT e.id FROM watchlist_entry e JOIN watchlist w ON w.id = e.watchlist_id
          WHERE w.workspace_id = ${id}::uuid AND NOT ${suspended} ORDER BY e.id FOR NO KEY UPDATE OF e
        ) UPDATE watchlist_entry e SET compared_at = NULL FROM locked WHERE e.id = locked.id`;
      const target = { type: "workspace", id, name: before.name };
      const action = suspended ? "workspace.suspend" : "workspace.resume";
      await appendEvent(ctx, { action, workspaceId: id, target, reason: input.reason || null }, tx);
    }
    const [row] = await tx.$queryRawUnsafe<WorkspaceRow[]>(`${workspaceRows} WHERE id = $2::uuid`, now, id);
    if (!row) throw new AppError("not_found");
    return { result: toWorkspace(row), subject: { kind: "workspace", id } };
  });
}
