import { checkpointChains } from "@tocsin/core/audit";
import type { Deps } from "./deps";

const minuteMs = 60_000;

type Chore = { name: string; everyMs: number; run: () => Promise<unknown> };

/** What a worker does beside pulling feeds, until `stop()`, which waits for what is under way. */
export function startChores(deps: Pick<Deps, "context">): { stop: () => Promise<void> } {
  const { context } = deps;
  const chores: Chore[] = [
    // A chain gets a checkpoint an hour at most; asking more often makes up for restarts.
    { name: "the audit checkpoint", everyMs: 5 * minuteMs, run: () => checkpointChains(context) },
  ];
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;
  const schedule = (chore: Chore, afterMs: number) => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const work: Promise<void> = chore
        .run()
        .then(() => {})
        .catch((error: unknown) => context.log.warn({ err: error }, `${chore.name} failed: it is tried again`))
        .finally(() => {
          running.delete(work);
          schedule(chore, chore.everyMs);
        });
      running.add(work);
    }, afterMs);
    timer.unref();
    timers.add(timer);
  };
  for (const chore of chores) schedule(chore, Math.min(chore.everyMs, minuteMs));
  return {
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
