// draft-ietf-httpapi-ratelimit-headers-10: RateLimit and RateLimit-Policy.
import { type Charge, secondsUntil, type WindowState } from "./spend";
import { type WindowKind, windowLength } from "./window";

/** The header fields that tell a client what is left of its limit; `Retry-After` only on a refusal. */
export function rateHeaders(charge: Charge, now: Date): Record<string, string> {
  const windows: [WindowKind, WindowState][] = [["minute", charge.perMinute]];
  if (charge.perDay) windows.push(["day", charge.perDay]);
  const policy = windows.map(([kind, { limit }]) => `"${kind}";q=${Math.floor(limit)};w=${windowLength[kind] / 1_000}`);
  const state = windows.map(
    ([kind, { remaining, resetAt }]) => `"${kind}";r=${Math.floor(remaining)};t=${secondsUntil(resetAt, now)}`,
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
