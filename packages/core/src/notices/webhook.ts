import { randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { type Authorized, requireRight, type SessionCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import { dayMs } from "../lib";
import { seal, targetProblem } from "../outbound";
import { noticeKinds, type SavedWebhook, type SetWebhookInput, type WebhookView } from "./shape";
import { newWebhookSecret } from "./sign";

type Admin = Call<Authorized<SessionCaller>>;

/** How long the secret before the last change signs too. */
const overlapMs = dayMs;

/** The workspace's webhook without its secret; null where there is none. */
export async function getWebhook(ctx: Admin): Promise<WebhookView | null> {
  requireRight(ctx.caller, "workspace:write");
  const row = await ctx.db.webhook.findUnique({ where: { workspaceId: ctx.caller.workspaceId }, select: columns });
  return row && toWebhook(row, ctx.now());
}

/** Makes or changes the webhook. A new one, and one whose secret is to change, answers the secret this one time. */
export async function setWebhook(
  ctx: Admin,
  { url, kinds, enabled, rotateSecret }: SetWebhookInput,
  setting: { privateTargets: boolean },
): Promise<SavedWebhook> {
  requireRight(ctx.caller, "workspace:write");
  const problem = targetProblem(url, setting);
  if (problem) throw invalidParameter({ field: "url", problem, allowed: "an https:// URL on the open internet" });
  const { workspaceId } = ctx.caller;
  const now = ctx.now();
  return ctx.db.$transaction(async (tx) => {
    // Two changes at once come one after the other.
    await tx.$queryRaw`SELECT id FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    const before = await tx.webhook.findUnique({ where: { workspaceId }, select: { ...columns, secret: true } });
    const id = before?.id ?? randomUUID();
    const secret = !before || rotateSecret ? newWebhookSecret() : null;
    const sealed = secret ? seal(ctx, secret, id) : null;
    const change = {
      url: new URL(url).href,
      kinds,
      enabled,
      offReason: null,
      updatedAt: now,
      ...(sealed ? secretColumns(sealed, before, now) : {}),
    };
    const row = before
      ? await tx.webhook.update({ where: { id }, data: change, select: columns })
      : await tx.webhook.create({
          data: { ...change, id, workspaceId, secret: sealed ?? "", createdAt: now },
          select: columns,
        });
    const details = { host: new URL(url).host, kinds, enabled, secret: fateOfSecret(secret, before) };
    await appendEvent(ctx, { action: "webhook.set", target: targetOf(row), details }, tx);
    return { data: toWebhook(row, now), secret };
  });
}

/** A new secret; the one before it signs too for a while. */
function secretColumns(sealed: string, before: { secret: string } | null, now: Date) {
  if (!before) return { secret: sealed };
  return { secret: sealed, previousSecret: before.secret, previousUntil: new Date(now.getTime() + overlapMs) };
}

function fateOfSecret(fresh: string | null, before: object | null): "kept" | "rotated" | "made" {
  if (!fresh) return "kept";
  return before ? "rotated" : "made";
}

/** What waits to be sent to it will not be. */
export async function removeWebhook(ctx: Admin): Promise<{ success: true }> {
  requireRight(ctx.caller, "workspace:write");
  const { workspaceId } = ctx.caller;
  return ctx.db.$transaction(async (tx) => {
    const row = await tx.webhook.findUnique({ where: { workspaceId }, select: columns });
    if (!row) throw new AppError("not_found");
    // Of two who remove it at once, one finds it.
    if ((await tx.webhook.deleteMany({ where: { id: row.id } })).count === 0) throw new AppError("not_found");
    await tx.noticeDelivery.updateMany({
      where: { workspaceId, channel: "webhook", status: "pending" },
      data: { status: "failed", claim: null, claimedUntil: null, finishedAt: ctx.now() },
    });
    await appendEvent(ctx, { action: "webhook.remove", target: targetOf(row) }, tx);
    return { success: true as const };
  });
}

const columns = {
  id: true,
  url: true,
  kinds: true,
  enabled: true,
  offReason: true,
  previousUntil: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.WebhookSelect;

type Row = Prisma.WebhookGetPayload<{ select: typeof columns }>;

function targetOf(row: Row) {
  return { type: "webhook", id: row.id, name: new URL(row.url).host };
}

function toWebhook(row: Row, now: Date): WebhookView {
  return {
    id: row.id,
    url: row.url,
    kinds: noticeKinds.filter((kind) => row.kinds.includes(kind)),
    enabled: row.enabled,
    off_reason: row.offReason,
    previous_secret_until: row.previousUntil && row.previousUntil > now ? row.previousUntil.toISOString() : null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
