import { sequenceChanges } from "@tocsin/core/changes";
import type { Deps } from "../deps";

/** Milliseconds until the next look: after a batch that was not full, when nothing waited, when it failed. */
const pauses = { working: 300, idle: 700, failed: 5_000 } as const;

/**
 * Publishes what changes, continually, until `stop()`, which waits for the batch under way. Every worker tries; the
 * database lets one at a time.
 */
export function startSequencer({ context, log }: Pick<Deps, "context" | "log">): { stop: () => Promise<void> } {
  let stopped = false;
  let wake = () => {};
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!stopped) {
      const ms = await sequenceChanges(context).then(
        ({ taken, full }) => (full ? 0 : taken > 0 ? pauses.working : pauses.idle),
        (error: unknown) => {
          log.warn({ err: error }, "changes could not be published; the next attempt follows");
          return pauses.failed;
        },
      );
      if (!stopped && ms > 0) await pause(ms);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}
