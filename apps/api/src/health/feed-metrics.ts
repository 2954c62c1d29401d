import { type CircuitState, type FeedShape, listFeeds } from "@tocsin/core/runs";
import { Gauge, type Registry } from "prom-client";
import type { Deps } from "../deps";
import { describeKnownFeeds } from "../settings/known-feeds";
import { sharedReading } from "./shared-reading";

const circuits: Record<CircuitState, number> = { closed: 0, half_open: 0.5, open: 1 };

const gauges: readonly { name: string; help: string; read: (feed: FeedShape) => number | null }[] = [
  {
    name: "tocsin_feed_circuit",
    help: "The feed's circuit: 0 closed, 0.5 half open, 1 open.",
    read: ({ circuit }) => circuits[circuit],
  },
  { name: "tocsin_feed_failures", help: "Failed pulls in a row.", read: ({ failures }) => failures },
  {
    name: "tocsin_feed_held",
    help: "1 while what the feed publishes is held back for an operator to look at.",
    read: ({ held }) => (held ? 1 : 0),
  },
  {
    name: "tocsin_feed_last_success_timestamp_seconds",
    help: "When the feed last came, in Unix time.",
    read: ({ last_success_at: at }) => (at ? Date.parse(at) / 1_000 : null),
  },
];

/** How each feed that is on does, read from the database when somebody asks; without it they are left out. */
export function measureFeeds(register: Registry, deps: Pick<Deps, "context" | "settings">): void {
  const read = sharedReading(() => readFeeds(deps));
  for (const { name, help, read: measure } of gauges) {
    new Gauge({
      name,
      help,
      labelNames: ["feed"],
      registers: [register],
      async collect() {
        const feeds = await read();
        this.reset();
        for (const feed of feeds) {
          const value = measure(feed);
          if (value !== null) this.set({ feed: feed.id }, value);
        }
      },
    });
  }
}

async function readFeeds({ context, settings }: Pick<Deps, "context" | "settings">): Promise<FeedShape[]> {
  try {
    const { data } = await listFeeds(context, await describeKnownFeeds(context, settings));
    return data.filter(({ state }) => state === "on");
  } catch (error) {
    context.log.warn({ err: error }, "the feeds could not be measured");
    return [];
  }
}
