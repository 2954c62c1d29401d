/**
 * closed: the feed is pulled by its interval. open: it failed often in a row, and waits. half_open: the wait is over, or
 * someone asked for a pull, and the next one decides.
 */
export const circuitStates = ["closed", "open", "half_open"] as const;
export type CircuitState = (typeof circuitStates)[number];

/** Failures in a row from which a circuit is open. */
export const circuitFailures = 5;

/** Nothing of its own is stored: the failures in a row and the next pull tell. One good pull sets the failures to 0. */
export function circuitOf(feed: { failures: number; due: boolean; running: boolean }): CircuitState {
  if (feed.failures < circuitFailures) return "closed";
  return feed.running || feed.due ? "half_open" : "open";
}
