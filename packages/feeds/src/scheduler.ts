import type { Context } from "@tocsin/core/context";
import type { FeedDefinition, FeedSettings } from "./feed";

export type Scheduler = { stop: () => Promise<void> };

export function startScheduler(
  _ctx: Context,
  _options: {
    feeds: readonly FeedDefinition[];
    node: string;
    settings: FeedSettings;
    concurrency?: number;
    tickMs?: number;
  },
): Scheduler {
  throw new Error("being built");
}
