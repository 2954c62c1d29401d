import {
  type Authorized,
  requireOperator,
  type SessionCaller,
  type SystemCaller,
  type TierOverrides,
  tierOverrides,
} from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";
import { commitRestriction } from "../revocation";
import { type SetTierInput, toWorkspace, type Workspace, type WorkspaceRow, workspaceRows } from "./shape";

type Standing = { name: string; tier: string; overrides: unknown };

/** Gives a workspace a tier and figures of its own; its keys have them on every node when this resolves. For operators. */
export async function setTier(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  input: SetTierInput,
): Promise<Workspace> {
  requireOperator(ctx.caller);
  const { workspaceId: id, tier } = input;
  if (!isUuid(id)) throw new AppError("not_found");
  return commitRestriction(ctx, async (tx) => {
    const [before] = await tx.$queryRaw<Standing[]>`
      SELECT name, tier, overrides FROM workspace WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    if (!before) throw new AppError("not_found");
    const overrides = input.overrides === undefined ? readable(before.overrides) : input.overrides;
    const json = overrides === null ? null : JSON.stringify(overrides);
    await tx.$executeRaw`
      UPDATE workspace SET tier = ${tier}, overrides = ${json}::text::jsonb, updated_at = ${ctx.now().toISOString()}::timestamptz
      WHERE id = ${id}::uuid`;
    const details = {
      before: { tier: before.tier, overrides: readable(before.overrides) },
      after: { tier, overrides },
    };
    const target = { type: "workspace", id, name: before.name };
    await appendEvent(ctx, { action: "workspace.set_tier", workspaceId: id, target, details }, tx);
    const [row] = await tx.$queryRawUnsafe<WorkspaceRow[]>(
      `${workspaceRows} WHERE id = $2::uuid`,
      ctx.now().toISOString(),
      id,
    );
    if (!row) throw new AppError("not_found");
    return { result: toWorkspace(row), subject: { kind: "workspace", id } };
  });
}

/** Overrides that an earlier version wrote and this one cannot read are not carried on. */
function readable(overrides: unknown): TierOverrides | null {
  const parsed = tierOverrides.nullable().safeParse(overrides ?? null);
  return parsed.success ? parsed.data : null;
}
