import {
  type Access,
  authorize,
  type Charge,
  type KeyCaller,
  type Pool,
  rateHeaders,
  sessionLimits,
} from "@tocsin/core/access";
import { type Actor, actorOf } from "@tocsin/core/audit";
import { AppError, type ErrorCode } from "@tocsin/core/errors";
import { verifyToken } from "@tocsin/core/tokens";
import type { FastifyReply, FastifyRequest } from "fastify";
import { readSession } from "../accounts/session";
import type { Deps } from "../deps";
import { clientAddress, clientHeaders, isCrossSite, isUnsafe, originOf } from "../wire/client";
import { readBearer, readCredential, readTaxiiCredential } from "../wire/credential";
import { readQuery } from "../wire/query";
import "../wire/request";

export type GateDeps = Pick<
  Deps,
  "activity" | "auth" | "context" | "db" | "denials" | "failures" | "limiter" | "settings" | "state" | "verifier"
>;

/** The one hook of every route: who calls, may they, and have they any requests left? Throws an AppError when not. */
export async function gate(deps: GateDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { access, vital } = request.routeOptions.config;
  if (deps.state.draining && !vital) {
    reply.header("connection", "close");
    throw new AppError("service_unavailable", { retryAfter: 1 });
  }
  // A path that leads nowhere has no access: the not-found handler answers.
  if (!access) return;
  if (access.by === "key") return authenticateKey(deps, access, request, reply);
  if (access.by === "token") return authenticateToken(deps, access, request, reply);
  if (isUnsafe(request.method) && isCrossSite(request, deps.settings.publicUrl))
    throw new AppError("cross_site_request");
  if (access.by === "session") return authenticateSession(deps, access, request, reply);
  if (access.by === "procedure") return authenticateDashboard(deps, request, reply);
}

async function authenticateKey(
  deps: GateDeps,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const now = deps.context.now();
  const address = clientAddress(request);
  const read = request.routeOptions.config.taxii ? readTaxiiCredential : readCredential;
  const secret = read(request.headers, readQuery(request.raw.url ?? ""));
  if (secret === null) throw new AppError("missing_api_key");
  requireAttemptsLeft(deps, address, now);
  const verdict = await deps.verifier.verify(secret, address);
  if (!verdict.usable) {
    show(reply, deps.failures.record(address, now));
    reply.removeHeader("retry-after");
    const { key, code } = verdict;
    if (key) deny(deps, request, { type: "key", id: key.id, name: key.name }, key.workspaceId, code);
    throw new AppError(verdict.code);
  }
  const { caller } = verdict;
  request.auth = { caller, refused: null };
  const limits = { perMinute: caller.tier.requestsPerMinute, perDay: caller.tier.requestsPerDay };
  const pool = poolOf(caller);
  const answer = authorize(caller, access);
  if (!answer.allowed) {
    show(reply, await deps.limiter.peek(limiterKey(caller), limits, now, pool));
    deny(deps, request, actorOf(caller), caller.workspaceId, answer.code);
    throw new AppError(answer.code, answer.details ? { details: answer.details } : {});
  }
  const charge = async (cost: number) => {
    request.auth = { caller, refused: null };
    const charge = await deps.limiter.charge(limiterKey(caller), limits, cost, now, pool);
    deps.activity.charged({ id: caller.keyId, name: caller.keyName, workspaceId: caller.workspaceId }, charge);
    if (!charge.accepted) deps.activity.refused(caller.keyId, "rate_limit_exceeded", now);
    spend(reply, charge);
  };
  if (access.by !== "key") return charge(1);
  if (!access.weighed) return charge(access.cost);
  show(reply, await deps.limiter.peek(limiterKey(caller), limits, now, pool));
  request.auth = { caller, refused: null, charge };
}

/** What to answer for an error: a request that fails before it is weighed costs one all the same. */
export async function chargeFailure(request: FastifyRequest, thrown: unknown): Promise<unknown> {
  try {
    await request.auth?.charge?.(1);
    return thrown;
  } catch (refused) {
    return refused;
  }
}

/** Never from memory: a token that is revoked is so at once. It is limited like a person. */
async function authenticateToken(
  deps: GateDeps,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const now = deps.context.now();
  const address = clientAddress(request);
  const secret = readBearer(request.headers);
  if (secret === null) throw new AppError("missing_token");
  requireAttemptsLeft(deps, address, now);
  const verdict = await verifyToken(deps.context, secret, address);
  if (!verdict.usable) {
    show(reply, deps.failures.record(address, now));
    reply.removeHeader("retry-after");
    const { token, code } = verdict;
    if (token) deny(deps, request, { type: "token", id: token.id, name: token.name }, token.workspaceId, code);
    throw new AppError(code, code === "ip_not_allowed" ? { message: tokenNotFromHere } : {});
  }
  const { caller } = verdict;
  request.auth = { caller, refused: null };
  const answer = authorize(caller, access);
  if (!answer.allowed) {
    show(reply, await deps.limiter.peek(`token:${caller.tokenId}`, sessionLimits, now));
    deny(deps, request, actorOf(caller), caller.workspaceId, answer.code);
    throw new AppError(answer.code, {
      message: tokenLacksScope,
      ...(answer.details ? { details: answer.details } : {}),
    });
  }
  spend(reply, await deps.limiter.charge(`token:${caller.tokenId}`, sessionLimits, 1, now));
}

const tokenNotFromHere = "The management token may not be used from this address.";
const tokenLacksScope = "The management token lacks the scope that this endpoint needs.";

/** Throws `too_many_failed_attempts` for an address that has used up its failures. */
export function requireAttemptsLeft(deps: Pick<GateDeps, "failures">, address: string | null, now: Date): void {
  const failures = deps.failures.peek(address, now);
  if (failures.remaining >= 1) return;
  throw new AppError("too_many_failed_attempts", { retryAfter: secondsTo(failures.resetAt, now) });
}

async function authenticateSession(
  deps: GateDeps,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const now = deps.context.now();
  const session = await readSession(deps, clientHeaders(request));
  if (!session.ok) throw new AppError(session.code);
  const { caller } = session;
  request.auth = { caller, refused: null };
  const answer = authorize(caller, access);
  if (!answer.allowed) {
    show(reply, await deps.limiter.peek(`user:${caller.userId}`, sessionLimits, now));
    deny(deps, request, actorOf(caller), caller.workspaceId, answer.code);
    throw new AppError(answer.code, answer.details ? { details: answer.details } : {});
  }
  spend(reply, await deps.limiter.charge(`user:${caller.userId}`, sessionLimits, 1, now));
}

/** Whoever has no session is let in: some procedures are open. A batch costs a request for each call that it carries. */
async function authenticateDashboard(deps: GateDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const session = await readSession(deps, clientHeaders(request));
  if (!session.ok) {
    request.auth = { caller: null, refused: session.code === "invalid_session" ? session.code : null };
    return;
  }
  request.auth = { caller: session.caller, refused: null };
  const now = deps.context.now();
  const calls = (request.raw.url ?? "").split("?", 1)[0]?.split(/,|%2C/i).length ?? 1;
  spend(reply, await deps.limiter.charge(`user:${session.caller.userId}`, sessionLimits, calls, now));
}

/** Shows what an address without a caller has left: its failed attempts. */
export function showAddressLimit(
  deps: Pick<GateDeps, "failures" | "context">,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const now = deps.context.now();
  show(reply, deps.failures.peek(clientAddress(request), now));
}

/** Someone known was turned away: a line for their workspace's audit log. */
function deny(deps: GateDeps, request: FastifyRequest, actor: Actor, workspaceId: string, code: ErrorCode): void {
  const route = request.routeOptions.url ?? "(none)";
  if (actor.type === "key" && actor.id !== null) deps.activity.refused(actor.id, code, deps.context.now());
  deps.denials.record({ workspaceId, actor, code, route, origin: originOf(request), at: deps.context.now() });
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

function show(reply: FastifyReply, charge: Charge): void {
  reply.headers(rateHeaders(charge));
}

function limiterKey(caller: KeyCaller): string {
  return `key:${caller.keyId}`;
}

/** What the keys of one workspace share; named even where it has no limits, since it places the key's windows too. */
function poolOf({ workspaceId, tier }: KeyCaller): Pool {
  const limits = { perMinute: tier.workspaceRequestsPerMinute, perDay: tier.workspaceRequestsPerDay };
  return { key: `workspace:${workspaceId}`, limits };
}

function secondsTo(time: Date, now: Date): number {
  return Math.max(1, Math.ceil((time.getTime() - now.getTime()) / 1_000));
}
