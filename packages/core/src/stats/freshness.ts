/** Milliseconds between counts, at least; the whole table is read for one. */
export const countEveryMs = 600_000;

/** Above it, a count is not repeated early. */
export const smallInstance = 100_000;

/** What is known of the last count: `added` says how many IOCs have come since, where that was asked. */
export type LastCount = { computedAt: Date; iocs: number; added: number };

/** Whether it is time to count again: after ten minutes, and before while a new instance has at least doubled since. */
export function isDue({ computedAt, iocs, added }: LastCount, now: Date): boolean {
  if (now.getTime() - computedAt.getTime() >= countEveryMs) return true;
  return iocs < smallInstance && added > 0 && added >= iocs;
}

/** Seconds; clocks of two nodes may differ, and nothing is younger than now. */
export function ageOf(computedAt: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - computedAt.getTime()) / 1_000));
}
