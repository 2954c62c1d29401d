import { authenticated } from "../access";
import { appendEvent } from "../audit";
import type { Context, Origin } from "../context";
import { AppError } from "../errors";
import { revokeKey } from "../keys";
import { dayMs } from "../lib";
import { makeNotices, type NoticeSetting } from "../notices";
import { revokeToken } from "../tokens";
import type { Leaked } from "./find-leaked";
import { blotSecrets } from "./scanner-pattern";

/** Who reports: a name for the audit log, and where the secrets were found. */
export type LeakReport = { by: string; source: string | null; sourceKind?: string | null };

const reason = "Reported as leaked";

/**
 * Does what the workspace's policy says: ends the key or token through the same path as its owner would, or only tells
 * them. What is over already is left alone.
 */
export async function answerLeak(
  ctx: Context & { origin: Origin },
  leaked: Leaked,
  given: LeakReport,
  setting: NoticeSetting,
): Promise<void> {
  if (leaked.over) return;
  // Whoever reports may say where by what was found, and the key may live on.
  const report = { ...given, source: given.source === null ? null : blotSecrets(given.source) };
  if (leaked.policy === "revoke") await end(ctx, leaked, report);
  await notify(ctx, leaked, report, setting);
  await notifyWorkspace(ctx, leaked, report);
}

async function end(ctx: Context & { origin: Origin }, leaked: Leaked, { by }: LeakReport): Promise<void> {
  const caller = authenticated({ kind: "system" as const, name: by, workspaceId: leaked.workspaceId });
  if (leaked.kind === "token") {
    await revokeToken({ ...ctx, caller }, { tokenId: leaked.id, reason });
    return;
  }
  try {
    await revokeKey({ ...ctx, caller }, { keyId: leaked.id, reason });
  } catch (error) {
    // Revoked, and on its way to a node that is slow to confirm: that is logged there.
    if (!(error instanceof AppError) || error.code !== "service_unavailable" || error.cause) throw error;
  }
}

/** One notice for a key or token, what became of it and UTC day, however often it is reported. */
async function notify(ctx: Context, leaked: Leaked, { by, source }: LeakReport, setting: NoticeSetting): Promise<void> {
  const { id, kind: what, name, prefix, workspaceId } = leaked;
  const at = ctx.now();
  const revoked = leaked.policy === "revoke";
  const occasion = `${id} ${revoked ? "revoked" : "told"} ${at.toISOString().slice(0, 10)}`;
  const details = { what, name, prefix, revoked, source, by };
  const key = what === "key" ? { id, name } : null;
  await makeNotices(ctx.sql.query, [{ kind: "key.leaked", workspaceId, key, occasion, details, at }], setting);
}

/** At most one event a day for each key or token: whoever holds a secret must not be able to fill the log. */
async function notifyWorkspace(ctx: Context & { origin: Origin }, leaked: Leaked, report: LeakReport): Promise<void> {
  const { id, kind, name, policy, prefix, workspaceId } = leaked;
  const action = `${kind}.leaked` as const;
  await ctx.db.$transaction(async (tx) => {
    // Of two reports at once, the second waits here and then finds the event of the first.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 7203114002))::text`;
    const since = new Date(ctx.now().getTime() - dayMs);
    const notified = await tx.auditEvent.count({ where: { targetId: id, action, at: { gt: since } } });
    if (notified > 0) return;
    const details = {
      prefix,
      policy,
      source: report.source,
      ...(report.sourceKind ? { source_kind: report.sourceKind } : {}),
    };
    const actor = { type: "system" as const, id: null, name: report.by };
    const { db, now, auditKeys, origin } = ctx;
    const source = { db, now, auditKeys, origin, actor, workspaceId };
    await appendEvent(source, { action, target: { type: kind, id, name }, reason, details }, tx);
  });
}
