import { setTimeout as sleep } from "node:timers/promises";
import type { Bound, Caller, Tier } from "@tocsin/core/access";
import { AppError } from "@tocsin/core/errors";
import { addressBucket } from "@tocsin/core/values";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { clientAddress } from "../wire/client";

type SlotDeps = Pick<Deps, "activity" | "context" | "settings" | "slots">;

/** Seconds after which a client that was refused a slot may try again. */
const retryAfter = 1;

/**
 * Who comes a moment before another request has ended waits for it rather than be refused; and who comes again and again
 * without waiting is slowed down (milliseconds).
 */
const graceMs = 250;
const lookEveryMs = 25;

/** Takes what a request of the caller holds while it runs. Throws `concurrency_limit_exceeded`, having taken nothing. */
export async function takeSlots(
  { activity, context, settings, slots }: SlotDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller | null,
  kind: Bound["kind"],
): Promise<void> {
  const address = {
    of: "address",
    kind: "requests",
    subject: `address:${addressBucket(clientAddress(request))}`,
  } as const;
  const own = caller === null || caller.kind === "system" ? [] : boundsOf(caller, kind);
  const bounds = kind === "requests" ? [...own, { ...address, most: settings.addressAtOnce }] : own;
  let taken = slots.take(bounds);
  for (const began = performance.now(); !taken.ok && performance.now() - began < graceMs; taken = slots.take(bounds))
    await sleep(lookEveryMs);
  if (taken.ok) {
    request.running?.atEnd(taken.release);
    return;
  }
  if (caller?.kind === "key") activity.refused(caller.keyId, "concurrency_limit_exceeded", context.now());
  const { of, most } = taken.bound;
  reply.header("x-concurrency-limit", String(most));
  throw new AppError("concurrency_limit_exceeded", {
    details: { of, kind: taken.bound.kind, limit: most },
    retryAfter,
  });
}

function boundsOf(caller: Exclude<Caller, { kind: "system" }>, kind: Bound["kind"]): Bound[] {
  const { tier, workspaceId } = caller;
  const [own, workspace] = figuresOf(tier, kind);
  return [
    { of: caller.kind === "session" ? "user" : caller.kind, kind, subject: subjectOf(caller), most: own },
    { of: "workspace", kind, subject: `workspace:${workspaceId}`, most: workspace },
  ];
}

function figuresOf(tier: Tier, kind: Bound["kind"]): [own: number, workspace: number] {
  return kind === "exports"
    ? [tier.exportsAtOnce, tier.workspaceExportsAtOnce]
    : [tier.requestsAtOnce, tier.workspaceRequestsAtOnce];
}

/** Whose windows and slots a caller's are, within the limiter. */
export function subjectOf(caller: Exclude<Caller, { kind: "system" }>): string {
  if (caller.kind === "key") return `key:${caller.keyId}`;
  return caller.kind === "token" ? `token:${caller.tokenId}` : `user:${caller.userId}`;
}
