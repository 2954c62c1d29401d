import { type Authorized, type KeyAdmin, requireRight, type SessionCaller, workspaceOf } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { lockWorkspace, readKeyPolicy } from "./key-grant";
import { type KeyPolicy, type KeysOffPolicy, policyProblems, type SetKeyPolicyInput } from "./policy";
import { settableColumns } from "./properties";

/** Keys that are looked through, and that are answered. */
const most = { read: 10_000, shown: 100 } as const;

/** Says what the workspace's keys must be like from now on; those that it has stay as they are. For owners and admins. */
export async function setKeyPolicy(
  ctx: Call<Authorized<SessionCaller>>,
  policy: SetKeyPolicyInput,
): Promise<KeyPolicy> {
  requireRight(ctx.caller, "workspace:write");
  const { workspaceId: id } = ctx.caller;
  await ctx.db.$transaction(async (tx) => {
    const { policy: old, name } = await lockWorkspace(tx, id);
    const changed = Object.entries(policy).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field as keyof KeyPolicy]),
    );
    if (changed.length === 0) return;
    await tx.workspace.update({ where: { id }, data: { keyPolicy: policy }, select: { id: true } });
    const before = Object.fromEntries(changed.map(([field]) => [field, old[field as keyof KeyPolicy]]));
    const details = { before, after: Object.fromEntries(changed) };
    await appendEvent(
      ctx,
      { action: "workspace.set_key_policy", target: { type: "workspace", id, name }, details },
      tx,
    );
  });
  return policy;
}

/** The keys that work and do not meet the policy, the oldest first, each with why. */
export async function listKeysOffPolicy(ctx: Call<KeyAdmin>): Promise<KeysOffPolicy> {
  const workspaceId = workspaceOf(ctx.caller);
  const policy = await readKeyPolicy(ctx.db, workspaceId);
  const now = ctx.now();
  const keys = await ctx.db.apiKey.findMany({
    where: { workspaceId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: most.read,
    select: { id: true, prefix: true, createdAt: true, ...settableColumns },
  });
  const off = keys
    .map((key) => ({ key, problems: policyProblems(policy, key, key.createdAt) }))
    .filter(({ problems }) => problems.length > 0);
  return {
    data: off.slice(0, most.shown).map(({ key, problems }) => ({
      id: key.id,
      name: key.name,
      key_prefix: key.prefix,
      problems,
    })),
    meta: { total: off.length },
  };
}
