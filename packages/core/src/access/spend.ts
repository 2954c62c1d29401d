import { type WindowKind, windowAt } from "./window";

/** Requests; `perDay: null` where only the minute is limited. */
export type Limits = { readonly perMinute: number; readonly perDay: number | null };

/** One window after a charge. `remaining` is in requests and may be a fraction. */
export type WindowState = { readonly limit: number; readonly remaining: number; readonly resetAt: Date };

/**
 * The outcome of a charge. `window`, `limit`, `remaining` and `resetAt` are of the window that refused, else of the
 * one with fewer requests left; `retryAfter` is in seconds and only there on a refusal.
 */
export type Charge = WindowState & {
  readonly accepted: boolean;
  readonly window: WindowKind;
  readonly perMinute: WindowState;
  readonly perDay: WindowState | null;
  readonly retryAfter: number | null;
};

/** Charges both windows of a key or neither; `weight` is in requests and may be a fraction (thousandths count). */
export type Limiter = {
  charge(key: string, limits: Limits, weight: number, now: Date): Promise<Charge>;
  /** The state of both windows, charging nothing. */
  peek(key: string, limits: Limits, now: Date): Promise<Charge>;
};

/** What a dashboard session may do, per user. */
export const sessionLimits: Limits = { perMinute: 300, perDay: null };

/** Limiters count in thousandths of a request, as integers, so that fractions add up exactly. */
export const unitsPerRequest = 1_000;

/** A weight in units; throws RangeError when it is no finite number of at least 0. */
export function unitsOf(weight: number): number {
  if (!Number.isFinite(weight) || weight < 0) throw new RangeError(`weight must be a number of at least 0: ${weight}`);
  return Math.round(weight * unitsPerRequest);
}

/** What each window has taken so far, in units. */
export type Used = { readonly minute: number; readonly day: number };

/** Decides a charge of `units` on windows that have taken `used`. */
export function decideCharge(used: Used, limits: Limits, units: number, now: Date): Charge {
  const fits = (taken: number, limit: number | null) =>
    limit === null || units === 0 || taken + units <= limit * unitsPerRequest;
  const minuteFits = fits(used.minute, limits.perMinute);
  const dayFits = fits(used.day, limits.perDay);
  const accepted = minuteFits && dayFits;
  const spent = accepted ? units : 0;
  const perMinute = stateOf("minute", used.minute + spent, limits.perMinute, now);
  const perDay = limits.perDay === null ? null : stateOf("day", used.day + spent, limits.perDay, now);
  const dayShows = perDay !== null && (accepted ? perDay.remaining <= perMinute.remaining : !dayFits);
  const shown = dayShows ? perDay : perMinute;
  return {
    accepted,
    window: dayShows ? "day" : "minute",
    ...shown,
    perMinute,
    perDay,
    retryAfter: accepted ? null : secondsUntil(shown.resetAt, now),
  };
}

/** Whole seconds, at least 1. */
export function secondsUntil(time: Date, now: Date): number {
  return Math.max(1, Math.ceil((time.getTime() - now.getTime()) / 1_000));
}

function stateOf(kind: WindowKind, units: number, limit: number, now: Date): WindowState {
  const remaining = Math.max(0, limit * unitsPerRequest - units) / unitsPerRequest;
  return { limit, remaining, resetAt: windowAt(kind, now).endsAt };
}
