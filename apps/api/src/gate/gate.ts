import { type Access, type Authorized, authorize, type KeyCaller } from "@tocsin/core/access";
import { type Actor, actorOf } from "@tocsin/core/audit";
import { AppError, type ErrorCode } from "@tocsin/core/errors";
import { verifyToken } from "@tocsin/core/tokens";
import type { FastifyReply, FastifyRequest } from "fastify";
import { readSession } from "../accounts/session";
import type { Deps } from "../deps";
import { clientAddress, clientHeaders, isCrossSite, isUnsafe, originOf } from "../wire/client";
import { readBearer, readCredential, readTaxiiCredential } from "../wire/credential";
import { readQuery } from "../wire/query";
import type { Meter } from "../wire/request";
import { takeSlots } from "./at-once";
import { type Metered, meterOf, peek, show } from "./meter";
import { startRunning } from "./running";

export type GateDeps = Pick<
  Deps,
  | "activity"
  | "auth"
  | "context"
  | "db"
  | "denials"
  | "doubtful"
  | "failures"
  | "limiter"
  | "pace"
  | "settings"
  | "slots"
  | "state"
  | "usage"
  | "verifier"
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
  if (access.by === "tools") return authenticateTools(deps, request, reply);
  if (access.by === "token") return authenticateToken(deps, access, request, reply);
  if (isUnsafe(request.method) && isCrossSite(request, deps.settings.publicUrl))
    throw new AppError("cross_site_request");
  if (access.by === "session") return authenticateSession(deps, access, request, reply);
  if (access.by === "procedure") return authenticateDashboard(deps, request, reply);
}

async function authenticateKey(
  deps: GateDeps,
  access: Access & { by: "key" },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const caller = await verifyKey(deps, request, reply);
  const answer = authorize(caller, access);
  if (!answer.allowed) {
    await peek(deps, reply, caller);
    deny(deps, request, actorOf(caller), caller.workspaceId, answer.code);
    throw new AppError(answer.code, answer.details ? { details: answer.details } : {});
  }
  const meter = await enter(deps, request, reply, caller);
  request.auth = { caller, refused: null, meter, due: access.weighed === true };
  if (!access.weighed) await meter.charge(access.cost);
}

/** A key is enough; scope, slots and cost are asked for by the REST calls that are made in its name. */
async function authenticateTools(deps: GateDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const caller = await verifyKey(deps, request, reply);
  startRunning(deps, request, reply);
  request.auth = { caller, refused: null, meter: meterOf(deps, request, reply, caller), due: true };
}

/** The caller that a key stands for; throws the refusal of one that is missing or not usable. */
async function verifyKey(deps: GateDeps, request: FastifyRequest, reply: FastifyReply): Promise<Authorized<KeyCaller>> {
  const address = clientAddress(request);
  const read = request.routeOptions.config.taxii ? readTaxiiCredential : readCredential;
  const secret = read(request.headers, readQuery(request.raw.url ?? ""));
  if (secret === null) throw new AppError("missing_api_key");
  const ask = isSuspect(deps, address) ? deps.doubtful.run : undefined;
  const verdict = await deps.verifier.verify(secret, address, ask);
  if (!verdict.usable) {
    recordFailure(deps, reply, address);
    const { key, code } = verdict;
    if (key) deny(deps, request, { type: "key", id: key.id, name: key.name }, key.workspaceId, code);
    throw new AppError(verdict.code);
  }
  const { caller } = verdict;
  request.auth = { caller, refused: null };
  return caller;
}

/** Takes the slots of a request; one that gets none costs nothing, and its answer shows what is left. */
async function enter(deps: GateDeps, request: FastifyRequest, reply: FastifyReply, caller: Metered): Promise<Meter> {
  const running = startRunning(deps, request, reply);
  const meter = meterOf(deps, request, reply, caller);
  try {
    if (request.routeOptions.config.long) await meter.takeLong({ whole: true });
    else {
      await takeSlots(deps, request, reply, caller, ["requests"]);
      running.becomeShort();
    }
  } catch (error) {
    await peek(deps, reply, caller);
    throw error;
  }
  return meter;
}

/** What to answer for an error: a request that fails before it is weighed costs one all the same. */
export async function chargeFailure(request: FastifyRequest, thrown: unknown): Promise<unknown> {
  const { due, meter } = request.auth;
  if (!due || !meter || isAtLimit(thrown)) return thrown;
  try {
    await meter.charge(1);
    return thrown;
  } catch (refused) {
    return refused;
  }
}

/** What a limit refuses costs nothing. */
function isAtLimit(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.kind === "rate_limited";
}

/** Never from memory: a token that is revoked is so at once. It is limited like a person. */
async function authenticateToken(
  deps: GateDeps,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const address = clientAddress(request);
  const secret = readBearer(request.headers);
  if (secret === null) throw new AppError("missing_token");
  const verify = () => verifyToken(deps.context, secret, address);
  const verdict = await (isSuspect(deps, address) ? deps.doubtful.run(verify) : verify());
  if (!verdict.usable) {
    recordFailure(deps, reply, address);
    const { token, code } = verdict;
    if (token) deny(deps, request, { type: "token", id: token.id, name: token.name }, token.workspaceId, code);
    throw new AppError(code, code === "ip_not_allowed" ? { message: tokenNotFromHere } : {});
  }
  const { caller } = verdict;
  request.auth = { caller, refused: null };
  const answer = authorize(caller, access);
  if (!answer.allowed) {
    await peek(deps, reply, caller);
    deny(deps, request, actorOf(caller), caller.workspaceId, answer.code);
    throw new AppError(answer.code, {
      message: tokenLacksScope,
      ...(answer.details ? { details: answer.details } : {}),
    });
  }
  const meter = await enter(deps, request, reply, caller);
  await meter.charge(1);
}

const tokenNotFromHere = "The management token may not be used from this address.";
const tokenLacksScope = "The management token lacks the scope that this endpoint needs.";

/** Whether the address has used up its failures: what it sends is verified all the same, but only a few at a time. */
function isSuspect({ failures, context }: GateDeps, address: string | null): boolean {
  return failures.peek(address, context.now()).remaining < 1;
}

/** Counts a failure of the address. Throws `too_many_failed_attempts` where it had used up its own before. */
function recordFailure({ failures, context }: GateDeps, reply: FastifyReply, address: string | null): void {
  const now = context.now();
  const charge = failures.record(address, now);
  show(reply, charge);
  if (!charge.accepted) throw new AppError("too_many_failed_attempts", { retryAfter: secondsTo(charge.resetAt, now) });
}

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
  const session = await readSession(deps, clientHeaders(request));
  if (!session.ok) throw new AppError(session.code);
  const { caller } = session;
  request.auth = { caller, refused: null };
  const answer = authorize(caller, access);
  if (!answer.allowed) {
    await peek(deps, reply, caller);
    deny(deps, request, actorOf(caller), caller.workspaceId, answer.code);
    throw new AppError(answer.code, answer.details ? { details: answer.details } : {});
  }
  const meter = await enter(deps, request, reply, caller);
  const { long } = request.routeOptions.config;
  request.auth = { caller, refused: null, meter, due: long === true };
  if (!long) await meter.charge(1);
}

/**
 * Whoever has no session is let in: some procedures are open. What runs is charged where it runs, in each procedure;
 * a request that comes to none costs one.
 */
async function authenticateDashboard(deps: GateDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const session = await readSession(deps, clientHeaders(request));
  if (!session.ok) {
    request.auth = { caller: null, refused: session.code === "invalid_session" ? session.code : null };
    startRunning(deps, request, reply);
    return takeSlots(deps, request, reply, null, ["requests"]);
  }
  const { caller } = session;
  request.auth = { caller, refused: null };
  const meter = await enter(deps, request, reply, caller);
  request.auth = { caller, refused: null, meter, due: true };
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

function secondsTo(time: Date, now: Date): number {
  return Math.max(1, Math.ceil((time.getTime() - now.getTime()) / 1_000));
}
