import type { Prisma } from "@tocsin/db";
import {
  type Authorized,
  authenticated,
  requireOperator,
  requireRight,
  type SessionCaller,
  type SystemCaller,
} from "../access";
import { appendEvent } from "../audit";
import { type Call, type Context, noOrigin } from "../context";
import { AppError, invalidParameter, isUuid } from "../errors";
import { endKeysOf } from "../keys";
import { commitRestriction } from "../revocation";
import type { DeleteWorkspaceInput } from "./shape";

/**
 * Removes a workspace for good: first no node accepts its keys, then its usage goes, then all that it has; its audit log
 * stays. For its owners and for operators; `slug` is typed as a confirmation. What stops midway is taken up again by
 * `finishDeletions`. Throws `not_found`, `invalid_parameter`, `insufficient_role`, and `last_operator` where no operator
 * would be left who can act in a workspace.
 */
export async function deleteWorkspace(
  ctx: Call<Authorized<SessionCaller>>,
  { workspaceId: id, slug }: DeleteWorkspaceInput,
): Promise<{ deleted: true }> {
  if (ctx.caller.workspaceId === id && !ctx.caller.operator) requireRight(ctx.caller, "workspace:delete");
  else requireOperator(ctx.caller);
  if (!isUuid(id)) throw new AppError("not_found");
  await commitRestriction(ctx, async (tx) => {
    const workspace = await lockForDeletion(tx, id);
    if (workspace.slug !== slug) {
      throw invalidParameter({ field: "slug", problem: "is not that of the workspace", allowed: workspace.slug });
    }
    await requireOperatorElsewhere(tx, id);
    if (!workspace.deletingAt) {
      await tx.workspace.update({
        where: { id },
        data: { deletingAt: ctx.now(), suspendedAt: workspace.suspendedAt ?? ctx.now() },
        select: { id: true },
      });
      const target = { type: "workspace", id, name: workspace.name };
      await appendEvent(ctx, { action: "workspace.delete", workspaceId: id, target, details: { slug } }, tx);
    }
    return { result: null, subject: { kind: "workspace", id } };
  });
  await finish(ctx, id);
  return { deleted: true };
}

/** Ends what was begun and stopped midway, as by a restart. Gives how many workspaces are gone now. */
export async function finishDeletions(ctx: Context): Promise<number> {
  const left = await ctx.db.workspace.findMany({
    where: { deletingAt: { not: null } },
    orderBy: { deletingAt: "asc" },
    take: 20,
    select: { id: true },
  });
  for (const { id } of left) {
    const caller = authenticated({ kind: "system" as const, name: "worker", workspaceId: id });
    await finish({ ...ctx, caller, origin: noOrigin }, id);
  }
  return left.length;
}

type Finishing = Call<Authorized<SessionCaller | SystemCaller>>;

/** Each step may be done twice. */
async function finish(ctx: Finishing, id: string): Promise<void> {
  await endKeysOf(ctx, { workspaceId: id }, "the workspace was removed");
  await removeUsage(ctx, id);
  await ctx.db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ name: string }[]>`
      DELETE FROM workspace WHERE id = ${id}::uuid AND deleting_at IS NOT NULL RETURNING name`;
    if (!row) return;
    const target = { type: "workspace", id, name: row.name };
    await appendEvent(ctx, { action: "workspace.delete", workspaceId: null, target }, tx);
  });
}

/** Keys whose usage goes in one statement. */
const batch = 50;

/** Usage has no foreign key, and may be much. */
async function removeUsage(ctx: Finishing, workspaceId: string): Promise<void> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const keys = await ctx.db.apiKey.findMany({
      where: { workspaceId, id: { gt: after } },
      orderBy: { id: "asc" },
      take: batch,
      select: { id: true },
    });
    const last = keys.at(-1);
    if (!last) return;
    const ids = [keys.map(({ id }) => id)];
    for (const table of ["usage_minute", "usage_hour", "usage_day_route", "usage_day"]) {
      await ctx.sql.query(`DELETE FROM ${table} WHERE key_id = ANY ($1::uuid[])`, ids);
    }
    after = last.id;
  }
}

async function lockForDeletion(tx: Prisma.TransactionClient, id: string) {
  await tx.$queryRaw`SELECT id::text FROM workspace WHERE id = ${id}::uuid FOR UPDATE`;
  const select = { name: true, slug: true, suspendedAt: true, deletingAt: true } as const;
  const row = await tx.workspace.findUnique({ where: { id }, select });
  if (!row) throw new AppError("not_found");
  return row;
}

// Whoever holds it removes a workspace; of two at once, the second sees that the first is going.
const lastPlaceLock = 7_203_114_003;

/** Without a workspace an operator cannot act: nobody could make another one. */
async function requireOperatorElsewhere(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lastPlaceLock}::bigint)`;
  const elsewhere = await tx.member.count({
    where: {
      workspaceId: { not: id },
      workspace: { suspendedAt: null, deletingAt: null },
      user: { operator: true, disabledAt: null },
    },
  });
  if (elsewhere === 0) {
    throw new AppError("last_operator", { message: "No operator has another workspace to act in. Make one first." });
  }
}
