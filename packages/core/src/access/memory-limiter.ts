import { decideCharge, type Limiter, type Limits, unitsOf } from "./spend";
import { type WindowKind, windowAt } from "./window";

/** Counts of one kind of window, of the two windows last used: a clock that steps back over an edge finds its own. */
type Counts = Map<number, Map<string, number>>;

/**
 * A limiter for one process: exact, since it decides and charges in one synchronous step. Holds one number for each
 * key charged in the last two days and minutes; whole windows are dropped at once.
 */
export function createMemoryLimiter(): Limiter & { size(): number } {
  const counts: Record<WindowKind, Counts> = { minute: new Map(), day: new Map() };

  const spend = (key: string, limits: Limits, units: number, now: Date) => {
    const minute = takeWindow(counts.minute, windowAt("minute", now).index);
    const day = takeWindow(counts.day, windowAt("day", now).index);
    const used = { minute: minute.get(key) ?? 0, day: day.get(key) ?? 0 };
    const charge = decideCharge(used, limits, units, now);
    if (charge.accepted && units > 0) {
      minute.set(key, used.minute + units);
      day.set(key, used.day + units);
    }
    return charge;
  };

  return {
    charge: async (key, limits, weight, now) => spend(key, limits, unitsOf(weight), now),
    peek: async (key, limits, now) => spend(key, limits, 0, now),
    size: () => [...counts.minute.values(), ...counts.day.values()].reduce((sum, window) => sum + window.size, 0),
  };
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
