import type { Prisma } from "@tocsin/db";
import type { Caller } from "../access";
import type { Context, Origin } from "../context";
import type { AuditAction } from "./actions";
import { appendToChain, type EventDraft } from "./append-to-chain";
import type { ActorType, AuditOutcome } from "./shape";

export type Actor = { type: ActorType; id: string | null; name: string | null };

/** What happened; `workspaceId` absent means the caller's own, null the whole instance. */
export type NewEvent = {
  action: AuditAction;
  outcome?: AuditOutcome;
  workspaceId?: string | null;
  target?: { type: string; id: string | null; name: string | null };
  reason?: string | null;
  details?: Prisma.InputJsonObject;
};

/** Who did it, from where and when: a call, or a context with an actor where no caller stands yet. */
export type EventSource = Pick<Context, "db" | "now" | "auditKeys"> & { origin: Origin } & (
    | { caller: Caller }
    | { actor: Actor; workspaceId: string | null }
  );

/**
 * Adds one event to its chain; in `tx` it stands or falls with what it tells of. It holds the chain until the
 * transaction ends: call it last.
 */
export async function appendEvent(ctx: EventSource, event: NewEvent, tx?: Prisma.TransactionClient): Promise<void> {
  const { actor, workspaceId } =
    "caller" in ctx ? { actor: actorOf(ctx.caller), workspaceId: ctx.caller.workspaceId ?? null } : ctx;
  const chain = event.workspaceId === undefined ? workspaceId : event.workspaceId;
  const draft: EventDraft = {
    ...actorColumns(actor),
    at: ctx.now(),
    action: event.action,
    outcome: event.outcome ?? "ok",
    ip: ctx.origin.ip,
    userAgent: ctx.origin.userAgent,
    requestId: ctx.origin.requestId,
    targetType: event.target?.type ?? null,
    targetId: event.target?.id ?? null,
    targetName: event.target?.name ?? null,
    reason: event.reason ?? null,
    details: event.details ?? null,
  };
  if (tx) await appendToChain(ctx, tx, chain, [draft]);
  else await ctx.db.$transaction((own) => appendToChain(ctx, own, chain, [draft]));
}

export function actorOf(caller: Caller): Actor {
  if (caller.kind === "session") return { type: "user", id: caller.userId, name: caller.name };
  if (caller.kind === "key") return { type: "key", id: caller.keyId, name: caller.keyName };
  if (caller.kind === "token") return { type: "token", id: caller.tokenId, name: caller.tokenName };
  return { type: "system", id: null, name: caller.name };
}

export function actorColumns(actor: Actor) {
  return { actorType: actor.type, actorId: actor.id, actorName: actor.name };
}
