import type { Context } from "@tocsin/core/context";
import { dueFeeds, pruneRuns } from "@tocsin/core/runs";
import { feedState } from "../catalog/select-feeds";
import type { FeedDefinition, FeedSettings } from "../definition/feed";
import type { FetchLimits } from "../fetch/limits";
import { runFeed } from "../pull/run-feed";

export type Scheduler = {
  /** Ends running pulls and gives their claims back; resolves when that is done, or after a few seconds without. */
  stop: () => Promise<void>;
};

const longestRestMs = 60_000;
const stopWithinMs = 5_000;
const pruneEveryMs = 86_400_000;

/** Pulls feeds when the database says that they are due, at most `concurrency` at a time, until `stop()`. */
export function startScheduler(
  ctx: Context,
  options: {
    feeds: readonly FeedDefinition[];
    /** Those that operators added, as they are now: asked for at every tick. */
    ownFeeds?: () => Promise<readonly FeedDefinition[]>;
    node: string;
    settings: FeedSettings;
    concurrency?: number;
    tickMs?: number;
    limits?: Partial<FetchLimits>;
  },
): Scheduler {
  const { node, settings, concurrency = 2, tickMs = 10_000, limits } = options;
  const selected = options.feeds.filter((feed) => feedState(feed, settings) === "on");
  const running = new Map<string, Promise<void>>();
  /** A feed that could not be claimed would else stand first in every tick and keep the others waiting. */
  const restUntil = new Map<string, number>();
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> = Promise.resolve();
  let troubles = 0;
  let pruneAt = 0;

  const pull = async (feed: FeedDefinition) => {
    let rest = 0;
    try {
      const { signal } = ended;
      const report = await runFeed(ctx, feed, {
        node,
        trigger: "schedule",
        settings,
        signal,
        ...(limits ? { limits } : {}),
      });
      if (report.status === "skipped") rest = Math.min(longestRestMs, 3 * tickMs);
    } catch (error) {
      rest = Math.min(longestRestMs, 3 * tickMs);
      ctx.log.error({ feedId: feed.id, err: error }, "a feed could not be claimed");
    }
    running.delete(feed.id);
    if (rest > 0) restUntil.set(feed.id, Date.now() + rest);
    else plan(0);
  };

  const tick = async () => {
    try {
      if (running.size >= concurrency) return;
      const all = [...((await options.ownFeeds?.()) ?? []), ...selected];
      const feeds = new Map(all.map((feed) => [feed.id, feed]));
      const ids = [...feeds.keys()];
      if (ids.length === 0) return;
      const now = Date.now();
      const due = (await dueFeeds(ctx, ids)).filter((id) => !running.has(id) && (restUntil.get(id) ?? 0) <= now);
      for (const id of due.slice(0, concurrency - running.size)) {
        const feed = feeds.get(id);
        if (feed && !ended.signal.aborted) running.set(id, pull(feed));
      }
      if (now >= pruneAt) {
        await pruneRuns(ctx);
        pruneAt = now + pruneEveryMs;
      }
      troubles = 0;
    } catch (error) {
      troubles++;
      ctx.log.error({ err: error }, "the scheduler could not ask what is due");
    }
  };

  /** The next tick in `ms`, sooner than one planned before. */
  const plan = (ms: number) => {
    if (ended.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      ticking = ticking.then(tick).then(() => plan(nextTick()));
    }, ms);
  };

  // Nodes that were started together drift apart.
  const nextTick = () =>
    Math.max(tickMs, Math.min(longestRestMs, tickMs * 2 ** Math.min(troubles, 10))) * (0.8 + 0.4 * Math.random());

  plan(0);
  return {
    stop: async () => {
      ended.abort();
      clearTimeout(timer);
      const all = ticking.then(() => Promise.allSettled(running.values()));
      const late = new Promise<"late">((resolve) => {
        timer = setTimeout(resolve, stopWithinMs, "late");
      });
      if ((await Promise.race([all, late])) === "late") {
        ctx.log.warn({ feeds: [...running.keys()] }, "pulls did not end in time; their claims end with their leases");
      }
      clearTimeout(timer);
    },
  };
}
