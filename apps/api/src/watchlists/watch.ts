import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@tocsin/core/context";
import { compareHeld, matchArticles, matchChanges, tellMatches } from "@tocsin/core/watchlists";
import type { Deps } from "../deps";
import { noticeSetting } from "../notices/setting";

const idleMs = 2_000;
const troubleMs = 10_000;

/** Compares what changes with the watchlists until `stop()`, which waits for the batch that is under way. */
export function startWatch(deps: Pick<Deps, "context" | "settings">): { stop: () => Promise<void> } {
  const { context, settings } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const rest = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => {});
  const run = async () => {
    while (!signal.aborted) {
      const trouble = await watchOnce(context, noticeSetting(settings), signal).catch((error: unknown) => {
        context.log.warn({ err: error }, "changes were not compared with watchlists: it is tried again");
        return true;
      });
      await rest(trouble === true ? troubleMs : idleMs);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** All changes that there are, then the new entries, then the notices: a long row of batches is told of once. */
export async function watchOnce(
  context: Pick<Context, "sql" | "now">,
  setting: { email: boolean },
  signal?: AbortSignal,
): Promise<void> {
  for (let left = 1; left > 0 && !signal?.aborted; ) left = (await matchChanges(context)).changes;
  for (let left = 1; left > 0 && !signal?.aborted; ) left = (await matchArticles(context)).changes;
  await compareHeld(context);
  await tellMatches(context, setting);
}
