import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@tocsin/core/context";
import { compareStored, type Matched, matchArticles, matchChanges, notifyMatches } from "@tocsin/core/watchlists";
import type { Deps } from "../deps";
import { noticeSetting } from "../settings/notice-setting";

const idleMs = 2_000;
const troubleMs = 10_000;

/** Compares what changes with the watchlists until `stop()`, which waits for the batch that is under way. */
export function startMatching(deps: Pick<Deps, "context" | "settings">): { stop: () => Promise<void> } {
  const { context, settings } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const rest = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => {});
  const run = async () => {
    while (!signal.aborted) {
      const next = await matchOnce(context, noticeSetting(settings), signal).then(
        ({ more }) => (more ? 0 : idleMs),
        (error: unknown) => {
          context.log.warn({ err: error }, "changes could not be compared with watchlists; the next attempt follows");
          return troubleMs;
        },
      );
      if (next > 0) await rest(next);
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

/** Batches in a row, so that new entries and notices have their turn while feed after feed comes in. */
const batches = 25;

/** The changes, then the new entries, then the notices: one notice tells of a long row of batches. `more`: changes are left. */
export async function matchOnce(
  context: Pick<Context, "sql" | "now">,
  setting: { email: boolean },
  signal?: AbortSignal,
): Promise<{ more: boolean }> {
  const row = async (match: (context: Pick<Context, "sql" | "now">) => Promise<Matched>) => {
    for (let batch = 0; batch < batches; batch++) {
      if (signal?.aborted || (await match(context)).changes === 0) return false;
    }
    return true;
  };
  const left = [await row(matchChanges), await row(matchArticles)];
  await compareStored(context);
  await notifyMatches(context, setting);
  return { more: left.includes(true) };
}
