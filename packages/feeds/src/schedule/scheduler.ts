import type { Context } from "@tocsin/core/context";
import { dayMs, minuteMs, withTimeout } from "@tocsin/core/lib";
import { dueFeeds, pruneRuns } from "@tocsin/core/runs";
import { feedState } from "../catalog/select-feeds";
import type { FeedDefinition, FeedSettings } from "../definition/feed";
import type { FetchLimits } from "../fetch/limits";
import { runFeed } from "../pull/run-feed";

export type Scheduler = {
  /** Ends running pulls and gives their claims back; resolves when that is done, or after a few seconds without. */
  stop: () => Promise<void>;
};

const longestRestMs = minuteMs;
const stopWithinMs = 5_000;
const pruneEveryMs = dayMs;

type SchedulerOptions = {
  feeds: readonly FeedDefinition[];
  /** Those that operators added, as they are now: asked for at every tick. */
  ownFeeds?: () => Promise<readonly FeedDefinition[]>;
  node: string;
  settings: FeedSettings;
  concurrency?: number;
  tickMs?: number;
  limits?: Partial<FetchLimits>;
};

/** Pulls feeds when the database says that they are due, at most `concurrency` at a time, until `stop()`. */
export function startScheduler(ctx: Context, options: SchedulerOptions): Scheduler {
  const { tickMs = 10_000 } = options;
  const ended = new AbortController();
  const pulls = openPulls(ctx, { ...options, tickMs, signal: ended.signal, onFree: () => scheduleTick(0) });
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> = Promise.resolve();
  let troubles = 0;
  let pruneAt = 0;

  const tick = async () => {
    try {
      if (!(await pulls.startDue())) return;
      if (Date.now() >= pruneAt) {
        await pruneRuns(ctx);
        pruneAt = Date.now() + pruneEveryMs;
      }
      troubles = 0;
    } catch (error) {
      troubles++;
      ctx.log.error({ err: error }, "the scheduler could not ask what is due");
    }
  };

  /** The next tick in `ms`, sooner than one scheduled before. */
  const scheduleTick = (ms: number) => {
    if (ended.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      ticking = ticking.then(tick).then(() => scheduleTick(nextTick()));
    }, ms);
  };

  // Nodes that were started together drift apart.
  const nextTick = () =>
    Math.max(tickMs, Math.min(longestRestMs, tickMs * 2 ** Math.min(troubles, 10))) * (0.8 + 0.4 * Math.random());

  scheduleTick(0);
  return {
    stop: async () => {
      ended.abort();
      clearTimeout(timer);
      const all = ticking.then(() => Promise.allSettled(pulls.running.values()));
      await withTimeout(all, stopWithinMs, () => {
        const feeds = [...pulls.running.keys()];
        ctx.log.warn({ feeds }, "pulls did not end in time; their claims end with their leases");
      });
    },
  };
}

type Pulls = {
  /** By the feed's id. */
  running: ReadonlyMap<string, Promise<void>>;
  /** Begins the pulls that are due, as far as fewer than `concurrency` are running; false where all were, or there is no feed. */
  startDue: () => Promise<boolean>;
};

/** The pulls of this process; `onFree` hears that one has ended and another may begin. */
function openPulls(
  ctx: Context,
  options: SchedulerOptions & { tickMs: number; signal: AbortSignal; onFree: () => void },
): Pulls {
  const { node, settings, concurrency = 2, tickMs, limits, signal } = options;
  const selected = options.feeds.filter((feed) => feedState(feed, settings) === "on");
  const running = new Map<string, Promise<void>>();
  /** A feed that could not be claimed would else stand first in every tick and keep the others waiting. */
  const restUntil = new Map<string, number>();

  /** Whether the feed was claimed. */
  const pull = async (feed: FeedDefinition): Promise<boolean> => {
    try {
      const { status } = await runFeed(ctx, feed, {
        ...{ node, trigger: "schedule", settings, signal },
        ...(limits ? { limits } : {}),
      });
      return status !== "skipped";
    } catch (error) {
      ctx.log.error({ feedId: feed.id, err: error }, "a feed could not be claimed");
      return false;
    }
  };

  const start = async (feed: FeedDefinition) => {
    const claimed = await pull(feed);
    running.delete(feed.id);
    if (claimed) options.onFree();
    else restUntil.set(feed.id, Date.now() + Math.min(longestRestMs, 3 * tickMs));
  };

  const startDue = async () => {
    if (running.size >= concurrency) return false;
    const all = [...((await options.ownFeeds?.()) ?? []), ...selected];
    const feeds = new Map(all.map((feed) => [feed.id, feed]));
    if (feeds.size === 0) return false;
    const now = Date.now();
    const due = await dueFeeds(ctx, [...feeds.keys()]);
    const free = due.filter((id) => !running.has(id) && (restUntil.get(id) ?? 0) <= now);
    for (const id of free.slice(0, concurrency - running.size)) {
      const feed = feeds.get(id);
      if (feed && !signal.aborted) running.set(id, start(feed));
    }
    return true;
  };
  return { running, startDue };
}
