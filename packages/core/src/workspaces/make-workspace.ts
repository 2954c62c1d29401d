import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import { createWorkspace } from "./create-workspace";
import { type MakeWorkspaceInput, toWorkspace, type Workspace, type WorkspaceRow, workspaceRows } from "./shape";

/**
 * A workspace that an operator makes, also where sign-up is closed, for somebody who has an account; without an address
 * for themselves. Throws `insufficient_role`, and `invalid_parameter` for an address that nobody has.
 */
export async function makeWorkspace(
  ctx: Call<Authorized<SessionCaller>>,
  { name, owner, tier }: MakeWorkspaceInput,
): Promise<Workspace> {
  requireOperator(ctx.caller);
  const email = (owner ?? ctx.caller.email).toLowerCase();
  const person = await ctx.db.user.findUnique({ where: { email }, select: { id: true } });
  if (!person) throw invalidParameter({ field: "owner", problem: "is an address that nobody here has" });
  const { id } = await createWorkspace(ctx, { name, ownerUserId: person.id, tier });
  return readWorkspace(ctx, id);
}

/** One workspace as lists show it. Throws `not_found`. */
export async function readWorkspace(
  ctx: Pick<Call<Authorized<SessionCaller | SystemCaller>>, "sql" | "now">,
  id: string,
): Promise<Workspace> {
  const now = ctx.now().toISOString();
  const [row] = await ctx.sql.query<WorkspaceRow>(`${workspaceRows} WHERE id = $2::uuid`, [now, id]);
  if (!row) throw new AppError("not_found");
  return toWorkspace(row);
}
