import {
  type Caller,
  type Charge,
  type KeyCaller,
  type Limits,
  leastWindow,
  type Pool,
  rateHeaders,
  type SessionCaller,
  sessionLimits,
  tokenLimits,
} from "@tocsin/core/access";
import { AppError } from "@tocsin/core/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import type { Meter } from "../wire/request";
import { subjectOf, takeSlots } from "./at-once";

type MeterDeps = Pick<Deps, "activity" | "context" | "limiter" | "settings" | "slots" | "usage">;
/** Whoever has windows of their own. */
export type Metered = Exclude<Caller, { kind: "system" }>;

/** The meter of a request: what it charges is charged to the caller's windows, and shown on its answer. */
export function meterOf(deps: MeterDeps, request: FastifyRequest, reply: FastifyReply, caller: Metered): Meter {
  let long = false;
  const takeLong = async ({ whole = false } = {}) => {
    if (long) return;
    await takeSlots(deps, request, reply, caller, whole ? ["requests", "exports"] : ["exports"]);
    long = true;
    request.running?.becomeLong();
  };
  const charge = async (cost: number, { reads = false } = {}) => {
    request.auth.due = false;
    const charge = await chargeTo(deps, caller, cost, reads);
    if (charge.accepted) request.auth.charged = (request.auth.charged ?? 0) + cost;
    note(deps, caller, charge, { cost, reads });
    spend(reply, charge);
  };
  return {
    charge,
    takeLong,
    giveWay: () => request.running?.becomeLong(),
    beginExport: async () => {
      const { remaining } = await peek(deps, reply, caller);
      if (remaining < 1) await charge(1, { reads: true });
      await takeLong();
    },
    most: mostOf(caller),
  };
}

function mostOf(caller: Metered): number {
  if (caller.kind === "key") return leastWindow(caller.tier);
  const { workspaceRequestsPerDay, requestsPerDay } = caller.tier;
  const { perMinute } = caller.kind === "token" ? tokenLimits : sessionLimits;
  return Math.min(perMinute, workspaceRequestsPerDay ?? requestsPerDay);
}

/** Shows what the caller has left, and charges nothing. */
export async function peek(deps: Pick<Deps, "limiter" | "context">, reply: FastifyReply, caller: Metered) {
  const { limits, pool } = windowsOf(caller, caller.kind === "session");
  const state = await deps.limiter.peek(subjectOf(caller), limits, deps.context.now(), pool);
  show(reply, state);
  return state;
}

function chargeTo({ limiter, context }: MeterDeps, caller: Metered, cost: number, reads: boolean): Promise<Charge> {
  const { limits, pool } = windowsOf(caller, reads);
  return limiter.charge(subjectOf(caller), limits, cost, context.now(), pool);
}

function windowsOf(caller: Metered, reads: boolean): { limits: Limits; pool?: Pool } {
  if (caller.kind === "token") return { limits: tokenLimits };
  if (caller.kind === "session") return { limits: sessionLimits, pool: dashboardPool(caller, reads) };
  const { tier } = caller;
  return { limits: { perMinute: tier.requestsPerMinute, perDay: tier.requestsPerDay }, pool: poolOf(caller) };
}

/** What the keys of one workspace share; named even where it has no limits, since it places the key's windows too. */
function poolOf({ workspaceId, tier }: KeyCaller): Pool {
  const limits = { perMinute: tier.workspaceRequestsPerMinute, perDay: tier.workspaceRequestsPerDay };
  return { key: `workspace:${workspaceId}`, limits };
}

/**
 * What the people of one workspace read of intelligence: out of what its keys share where that has a limit a day, else
 * as much a day as one key of its own. What is no reading is counted by the minute alone.
 */
function dashboardPool(caller: SessionCaller, reads: boolean): Pool {
  const { workspaceId, tier } = caller;
  if (tier.workspaceRequestsPerDay !== null) {
    const limits = { perMinute: tier.workspaceRequestsPerMinute, perDay: tier.workspaceRequestsPerDay };
    return { key: `workspace:${workspaceId}`, limits: reads ? limits : none };
  }
  return { key: `dashboard:${workspaceId}`, limits: reads ? { perMinute: null, perDay: tier.requestsPerDay } : none };
}

const none = { perMinute: null, perDay: null } as const;

/** What notices and figures of usage are made of. */
function note(
  deps: MeterDeps,
  caller: Metered,
  charge: Charge,
  { cost, reads }: { cost: number; reads: boolean },
): void {
  if (caller.kind === "key") {
    deps.activity.charged({ id: caller.keyId, name: caller.keyName, workspaceId: caller.workspaceId }, charge);
    if (!charge.accepted) deps.activity.refused(caller.keyId, "rate_limit_exceeded", deps.context.now());
  }
  if (caller.kind === "session" && reads) {
    const { workspaceId } = caller;
    deps.usage.recordReads({ workspaceId, charged: charge.accepted ? cost : 0, at: deps.context.now() });
  }
}

function spend(reply: FastifyReply, charge: Charge): void {
  show(reply, charge);
  if (charge.accepted) return;
  throw new AppError("rate_limit_exceeded", {
    details: {
      window: charge.window,
      limit: charge.limit,
      reset_at: charge.resetAt.toISOString(),
      ...(charge.of === "pool" ? { of: "workspace" } : {}),
    },
    ...(charge.retryAfter === null ? {} : { retryAfter: charge.retryAfter }),
  });
}

export function show(reply: FastifyReply, charge: Charge): void {
  reply.headers(rateHeaders(charge));
}
