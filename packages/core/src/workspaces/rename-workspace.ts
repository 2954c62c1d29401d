import { type Authorized, requireOperator, type SessionCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";
import { readWorkspace } from "./make-workspace";
import type { RenameWorkspaceInput, Workspace } from "./shape";

/** Gives a workspace another name; for operators, its own admins do it in their settings. Throws `not_found`. */
export async function renameWorkspace(
  ctx: Call<Authorized<SessionCaller>>,
  { workspaceId: id, name }: RenameWorkspaceInput,
): Promise<Workspace> {
  requireOperator(ctx.caller);
  if (!isUuid(id)) throw new AppError("not_found");
  await ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM workspace WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const before = await tx.workspace.findUnique({ where: { id }, select: { name: true } });
    if (!before) throw new AppError("not_found");
    if (before.name === name) return;
    await tx.workspace.update({ where: { id }, data: { name }, select: { id: true } });
    const target = { type: "workspace", id, name };
    const details = { before: { name: before.name }, after: { name } };
    await appendEvent(ctx, { action: "workspace.update", workspaceId: id, target, details }, tx);
  });
  return readWorkspace(ctx, id);
}
