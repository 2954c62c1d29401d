import { type WindowKind, windowAt } from "./window";

/** Requests; `perDay: null` where only the minute is limited. */
export type Limits = { readonly perMinute: number; readonly perDay: number | null };

/** What several keys may take together: their workspace's limits; null where a window has none. */
export type Pool = {
  readonly key: string;
  readonly limits: { readonly perMinute: number | null; readonly perDay: number | null };
};

/** Nothing is counted of a pool without limits. */
export function isLimited({ limits }: Pool): boolean {
  return limits.perMinute !== null || limits.perDay !== null;
}

/** One window after a charge. `remaining` is in requests and may be a fraction. */
export type WindowState = { readonly limit: number; readonly remaining: number; readonly resetAt: Date };

/**
 * The outcome of a charge. `window`, `of`, `limit`, `remaining` and `resetAt` are of the window that refused, else of
 * the one with fewer requests left; `retryAfter` is in seconds and only there on a refusal.
 */
export type Charge = WindowState & {
  readonly accepted: boolean;
  /** By the limiter's clock, which need not be this machine's. */
  readonly at: Date;
  readonly window: WindowKind;
  readonly of: "key" | "pool";
  readonly perMinute: WindowState;
  readonly perDay: WindowState | null;
  readonly pool: { readonly perMinute: WindowState | null; readonly perDay: WindowState | null };
  readonly retryAfter: number | null;
};

/** Charges both windows of a key and of its pool, or none; `weight` is in requests and may be a fraction (thousandths count). */
export type Limiter = {
  charge(key: string, limits: Limits, weight: number, now: Date, pool?: Pool): Promise<Charge>;
  /** The state of every window, charging nothing. */
  peek(key: string, limits: Limits, now: Date, pool?: Pool): Promise<Charge>;
};

/** What a dashboard session may do, per user: a page asks for about ten things, and nobody opens one each second. */
export const sessionLimits: Limits = { perMinute: 600, perDay: null };
/** What a management token may do. */
export const tokenLimits: Limits = { perMinute: 300, perDay: null };

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
export function decideCharge(
  used: Used,
  limits: Limits,
  units: number,
  now: Date,
  pool?: { readonly used: Used; readonly limits: Pool["limits"] },
): Charge {
  const isFull = (taken: number, limit: number | null) =>
    limit !== null && units > 0 && taken + units > limit * unitsPerRequest;
  // Of windows that are alike, the first here is shown: the one that lasts longer, the key's own.
  const meters = [
    { of: "key", window: "day", taken: used.day, limit: limits.perDay },
    { of: "pool", window: "day", taken: pool?.used.day ?? 0, limit: pool?.limits.perDay ?? null },
    { of: "key", window: "minute", taken: used.minute, limit: limits.perMinute },
    { of: "pool", window: "minute", taken: pool?.used.minute ?? 0, limit: pool?.limits.perMinute ?? null },
  ] as const;
  const refusing = meters.findIndex(({ taken, limit }) => isFull(taken, limit));
  const accepted = refusing < 0;
  const states = meters.map(({ window, taken, limit }) =>
    limit === null ? null : stateOf(window, accepted ? taken + units : taken, limit, now),
  );
  const [perDay = null, poolDay = null, ownMinute, poolMinute = null] = states;
  const perMinute = ownMinute ?? stateOf("minute", used.minute, limits.perMinute, now);
  const left = (index: number) => states[index]?.remaining ?? Number.POSITIVE_INFINITY;
  const least = [0, 1, 2, 3].reduce((least, index) => (left(index) < left(least) ? index : least));
  const index = accepted ? least : refusing;
  const shown = states[index] ?? perMinute;
  return {
    accepted,
    at: now,
    window: meters[index]?.window ?? "minute",
    of: meters[index]?.of ?? "key",
    ...shown,
    perMinute,
    perDay,
    pool: { perMinute: poolMinute, perDay: poolDay },
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
