import { decideCharge, isLimited, type Limiter, type Limits, type Pool, type Used, unitsOf } from "./spend";
import { type WindowKind, windowAt } from "./window";

/** Counts of one kind of window, of the two windows last used: a clock that steps back over an edge finds its own. */
type Counts = Map<number, Map<string, number>>;

/** Units by key, in the window of each kind that a time lies in. */
type Windows = Record<WindowKind, Map<string, number>>;

export type MemoryLimiter = Limiter & {
  /** What the windows of `now` have taken of a key or a pool, in units. */
  used(key: string, now: Date): Used;
  size(): number;
};

/**
 * A limiter for one process: exact, since it decides and charges in one synchronous step. Holds one number for each
 * key charged in the last two days and minutes; whole windows are dropped at once.
 */
export function createMemoryLimiter(): MemoryLimiter {
  const counts: Record<WindowKind, Counts> = { minute: new Map(), day: new Map() };
  const windows = (now: Date): Windows => ({
    minute: takeWindow(counts.minute, windowAt("minute", now).index),
    day: takeWindow(counts.day, windowAt("day", now).index),
  });

  const spend = (key: string, limits: Limits, units: number, now: Date, within?: Pool) => {
    const current = windows(now);
    const used = usedIn(current, key);
    const pool = within && isLimited(within) ? within : undefined;
    const shared = pool && { used: usedIn(current, pool.key), limits: pool.limits };
    const charge = decideCharge(used, limits, units, now, shared);
    if (!charge.accepted || units === 0) return charge;
    addUnits(current, key, used, units);
    if (pool && shared) addUnits(current, pool.key, shared.used, units);
    return charge;
  };

  return {
    charge: async (key, limits, weight, now, pool) => spend(key, limits, unitsOf(weight), now, pool),
    peek: async (key, limits, now, pool) => spend(key, limits, 0, now, pool),
    used: (key, now) => usedIn(windows(now), key),
    size: () => [...counts.minute.values(), ...counts.day.values()].reduce((sum, window) => sum + window.size, 0),
  };
}

function usedIn({ minute, day }: Windows, key: string): Used {
  return { minute: minute.get(key) ?? 0, day: day.get(key) ?? 0 };
}

function addUnits({ minute, day }: Windows, key: string, used: Used, units: number): void {
  minute.set(key, used.minute + units);
  day.set(key, used.day + units);
}

function takeWindow(counts: Counts, index: number): Map<string, number> {
  const known = counts.get(index);
  if (known) return known;
  const fresh = new Map<string, number>();
  counts.set(index, fresh);
  if (counts.size > 2) {
    const [farthest] = [...counts.keys()].sort((a, b) => Math.abs(b - index) - Math.abs(a - index));
    if (farthest !== undefined) counts.delete(farthest);
  }
  return fresh;
}
