import { type Authorized, requireRight, type SessionCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError } from "../errors";
import type { LeakPolicy, LeakPolicyInput } from "./shape";

/** Says what becomes of the workspace's leaked keys and tokens. For owners and admins. */
export async function setLeakPolicy(
  ctx: Call<Authorized<SessionCaller>>,
  { leakPolicy }: LeakPolicyInput,
): Promise<{ leak_policy: LeakPolicy }> {
  requireRight(ctx.caller, "workspace:write");
  const { workspaceId: id } = ctx.caller;
  await ctx.db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ name: string; policy: string }[]>`
      SELECT name, leak_policy AS policy FROM workspace WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    if (!before) throw new AppError("not_found");
    if (before.policy === leakPolicy) return;
    await tx.workspace.update({ where: { id }, data: { leakPolicy }, select: { id: true } });
    const target = { type: "workspace", id, name: before.name };
    const details = { before: before.policy, after: leakPolicy };
    await appendEvent(ctx, { action: "workspace.set_leak_policy", target, details }, tx);
  });
  return { leak_policy: leakPolicy };
}
