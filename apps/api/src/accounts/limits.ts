import { createHash } from "node:crypto";
import { type Limits, rateHeaders } from "@tocsin/core/access";
import { AppError } from "@tocsin/core/errors";
import { addressBucket } from "@tocsin/core/values";
import type { FastifyReply, FastifyRequest } from "fastify";
import { clientAddress, clientHeaders } from "../wire/client";
import { sessionCookie } from "./auth";
import type { AccountDeps } from "./deps";

/** Requests a UTC minute and day. An address is an IPv4 address or an IPv6 /64. */
export const accountLimits = {
  /** Of one address, to all of `/api/auth`, `/api/setup` and `/api/invitations`. */
  requests: { perMinute: 600, perDay: null },
  /** Of one address, to what checks a password, a code or a link. */
  attempts: { perMinute: 30, perDay: 3_000 },
  /** For one account, from anywhere, to what checks its password or code. A day's limit would lock its owner out. */
  account: { perMinute: 10, perDay: null },
  /** Of one address. */
  signUps: { perMinute: 5, perDay: 20 },
} as const satisfies Record<string, Limits>;

// What guesses at nothing. Every other POST counts as an attempt, so that a new endpoint cannot be forgotten here.
const guessesNothing =
  /^\/(?:sign-out|update-user|update-session|list-sessions|revoke-(?:session|sessions|other-sessions)|organization\/(?!accept-invitation|reject-invitation)[a-z-]+)$/;

/** Charges a request to `/api/auth/<path>`. Throws `rate_limit_exceeded`. */
export async function chargeAuthRequest(
  deps: AccountDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<void> {
  await chargeRequest(deps, request, reply);
  if (request.method !== "POST" || guessesNothing.test(path)) return;
  await chargeAttempt(deps, request, reply);
  const email = emailIn(request.body);
  const isSignUp = path.startsWith("/sign-up");
  if (isSignUp) await charge(deps, reply, `sign-up:${bucketOf(request)}`, accountLimits.signUps);
  if (email !== null) await chargeAccount(deps, reply, `${isSignUp ? "sign-up" : "sign-in"}:${email}`);
  const userId = await signedIn(deps, request);
  if (userId !== null) await chargeAccount(deps, reply, `user:${userId}`);
}

/** Charges a request that checks nothing secret. Throws `rate_limit_exceeded`. */
export async function chargeRequest(deps: AccountDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await charge(deps, reply, `accounts:${bucketOf(request)}`, accountLimits.requests);
}

/** Charges a request that checks a password, a code or a link. Throws `rate_limit_exceeded`. */
export async function chargeAttempt(deps: AccountDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await charge(deps, reply, `attempts:${bucketOf(request)}`, accountLimits.attempts);
}

/** Charges what checks the password or code of one account, from wherever it comes. Throws `rate_limit_exceeded`. */
export function chargeAccount(deps: AccountDeps, reply: FastifyReply, account: string): Promise<void> {
  // Addresses of people do not go to Redis.
  const name = createHash("sha256").update(account).digest("base64url").slice(0, 22);
  return charge(deps, reply, `account:${name}`, accountLimits.account);
}

async function charge(deps: AccountDeps, reply: FastifyReply, key: string, limits: Limits): Promise<void> {
  const charged = await deps.limiter.charge(key, limits, 1, deps.context.now());
  if (charged.accepted) return;
  reply.headers(rateHeaders(charged));
  throw new AppError("rate_limit_exceeded", {
    message: "Too many requests came from this address or for this account. Try again after the reset.",
    details: { window: charged.window, limit: charged.limit, reset_at: charged.resetAt.toISOString() },
    ...(charged.retryAfter === null ? {} : { retryAfter: charged.retryAfter }),
  });
}

function bucketOf(request: FastifyRequest): string {
  return addressBucket(clientAddress(request));
}

/** The address that a body names, as better-auth compares it. */
function emailIn(body: unknown): string | null {
  try {
    const { email } = JSON.parse(String(body));
    return typeof email === "string" ? email.trim().toLowerCase() : null;
  } catch {
    return null;
  }
}

async function signedIn(deps: AccountDeps, request: FastifyRequest): Promise<string | null> {
  if (!request.headers.cookie?.includes(`${sessionCookie}=`)) return null;
  const session = await deps.auth.api.getSession({ headers: clientHeaders(request) });
  return session?.user.id ?? null;
}
