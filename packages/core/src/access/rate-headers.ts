// draft-ietf-httpapi-ratelimit-headers-10: RateLimit and RateLimit-Policy.
import { type Charge, secondsUntil, type WindowState } from "./spend";
import { type WindowKind, windowLength } from "./window";

/** The header fields that tell a client what is left of its limit; `Retry-After` only on a refusal. */
export function rateHeaders(charge: Charge): Record<string, string> {
  const windows: [string, WindowKind, WindowState][] = [["minute", "minute", charge.perMinute]];
  if (charge.perDay) windows.push(["day", "day", charge.perDay]);
  if (charge.pool.perMinute) windows.push(["workspace-minute", "minute", charge.pool.perMinute]);
  if (charge.pool.perDay) windows.push(["workspace-day", "day", charge.pool.perDay]);
  const policy = windows.map(
    ([name, kind, { limit }]) => `"${name}";q=${Math.floor(limit)};w=${windowLength[kind] / 1_000}`,
  );
  const state = windows.map(
    ([name, , { remaining, resetAt }]) => `"${name}";r=${Math.floor(remaining)};t=${secondsUntil(resetAt, charge.at)}`,
  );
  return {
    "X-RateLimit-Limit": String(charge.perMinute.limit),
    "X-RateLimit-Remaining": String(Math.floor(charge.remaining)),
    "X-RateLimit-Reset": String(Math.ceil(charge.resetAt.getTime() / 1_000)),
    "RateLimit-Policy": policy.join(", "),
    RateLimit: state.join(", "),
    ...(charge.retryAfter === null ? {} : { "Retry-After": String(charge.retryAfter) }),
  };
}
