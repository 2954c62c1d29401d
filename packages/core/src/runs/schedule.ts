import { daySeconds, hourSeconds } from "../lib";

/** How a pull ended; `lost` is one whose claim ended before it did, or that was stopped. */
export type RunOutcome = "ok" | "partial" | "unchanged" | "held" | "failed" | "lost";

const fiveMinutes = 300;

/**
 * Seconds until the feed is due again. A good run waits the feed's interval and up to a tenth more, so that nodes and
 * feeds drift apart. Failures wait twice as long each time, from five minutes (or the interval, if shorter) to a
 * day, give or take a fifth; never shorter than `minSeconds` (what the vendor allows) or `retryAfterSeconds` (what it
 * asked for). A lost run is due at once. `chance` is a number from 0 to 1.
 */
export function nextDueIn(input: {
  outcome: RunOutcome;
  /** Failed runs in a row, this one included. */
  failures: number;
  intervalSeconds: number;
  minSeconds?: number | undefined;
  retryAfterSeconds?: number | undefined;
  chance: number;
}): number {
  const { outcome, intervalSeconds, chance } = input;
  const floor = Math.max(input.minSeconds ?? 0, input.retryAfterSeconds ?? 0);
  if (outcome === "lost") return floor;
  if (outcome !== "failed") return Math.max(floor, Math.round(intervalSeconds * (1 + chance / 10)));
  const first = Math.min(intervalSeconds, fiveMinutes);
  const longest = Math.max(intervalSeconds, daySeconds);
  const wait = Math.min(longest, first * 2 ** Math.min(30, Math.max(0, input.failures - 1)));
  return Math.max(floor, Math.round(wait * (0.8 + 0.4 * chance)));
}

/**
 * Seconds until a feed is tried again while none can be reached: one try a minute on the whole instance, so that its
 * return is soon noticed, and no feed more often than every quarter of an hour.
 */
export function offlineWait({ feeds, chance }: { feeds: number; chance: number }): number {
  const wait = Math.min(6 * hourSeconds, Math.max(900, feeds * 60));
  return Math.round(wait * (0.9 + 0.2 * chance));
}
