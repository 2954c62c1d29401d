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
 * Who comes a moment before another request has ended waits for it rather than be refused; the more of a caller's wait,
 * the longer. So a client that asks again and again is answered at most so often, whatever its number of connections,
 * and refusing it costs the others little (milliseconds).
 */
const graceMs = 250;
const apartMs = 25;
const longestMs = 4_000;

/**
 * Takes what a request of the caller holds while it runs, all of it or nothing: of each kind that it is. Throws
 * `concurrency_limit_exceeded`, having taken nothing.
 */
export async function takeSlots(
  { activity, context, settings, slots }: SlotDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller | null,
  kinds: readonly Bound["kind"][],
): Promise<void> {
  const own = caller === null || caller.kind === "system" ? [] : kinds.flatMap((kind) => boundsOf(caller, kind));
  const bounds = kinds.includes("requests") ? [...own, addressBound(request, settings.addressAtOnce)] : own;
  let taken = slots.take(bounds);
  if (!taken.ok) {
    const ms = Math.min(longestMs, graceMs + apartMs * slots.waiting(taken.bound));
    const waiting = slots.wait(bounds, ms);
    reply.raw.once("close", waiting.cancel);
    taken = await waiting.taken;
    reply.raw.off("close", waiting.cancel);
  }
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

function addressBound(request: FastifyRequest, most: number): Bound {
  return { of: "address", kind: "requests", subject: `address:${addressBucket(clientAddress(request))}`, most };
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
