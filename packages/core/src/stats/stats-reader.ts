import type { Context } from "../context";
import { ageOf, isDue } from "./freshness";
import { refreshStats } from "./refresh-stats";
import type { Stats } from "./shape";
import { readStored, type StoredStats } from "./stored";

export type StatsReader = { get: () => Promise<Stats>; settle: () => Promise<void> };

/**
 * The last count that any node made. Nobody waits for a new one: where it is due it is begun, and what there is
 * answered; only the first is waited for.
 */
export function createStatsReader(ctx: Context): StatsReader {
  let counting: Promise<void> | null = null;
  const begin = () => {
    counting ??= refreshStats(ctx)
      .then(() => {})
      .catch((error: unknown) => ctx.log.warn({ err: error }, "the counts could not be renewed"))
      .finally(() => {
        counting = null;
      });
  };
  return {
    get: async () => {
      const stored = (await readStored(ctx.sql.query)) ?? (await first(ctx));
      const answer = answerOf(ctx, stored);
      if (answer.meta.cache.stale) begin();
      return answer;
    },
    settle: async () => {
      await counting;
    },
  };
}

async function first(ctx: Context): Promise<StoredStats> {
  await refreshStats(ctx, { wait: true });
  const stored = await readStored(ctx.sql.query);
  if (!stored) throw new Error("the counts were not kept");
  return stored;
}

function answerOf(ctx: Context, stored: StoredStats): Stats {
  const now = ctx.now();
  return {
    meta: {
      generated_at: now.toISOString(),
      feed_version: "1.0",
      source: ctx.instance.name,
      cache: {
        updated_at: stored.computedAt.toISOString(),
        age_seconds: ageOf(stored.computedAt, now),
        stale: isDue(stored, now),
      },
    },
    data: stored.data,
  };
}
