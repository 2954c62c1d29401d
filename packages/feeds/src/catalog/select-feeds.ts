import fs from "node:fs";
import path from "node:path";
import { invalidParameter } from "@tocsin/core/errors";
import type { FeedDescription } from "@tocsin/core/runs";
import type { FeedDefinition, FeedSettings } from "../definition/feed";
import { feeds } from "./registry";

/** TOCSIN_FEEDS: `on`, `off`, or ids separated by commas. */
export type FeedSelection = "on" | "off" | readonly string[];

/**
 * The feeds that a setting names. `on` leaves out second formats of the same data, except those that `mirror` holds a
 * folder of. Throws `invalid_parameter` for an id that does not exist.
 */
export function selectFeeds(setting: FeedSelection, options: { mirror?: string | undefined } = {}): FeedDefinition[] {
  if (setting === "off") return [];
  if (setting === "on") return feeds.filter((feed) => !feed.alternativeOf || mirrors(options.mirror, feed));
  const byId = new Map(feeds.map((feed) => [feed.id, feed]));
  return [...new Set(setting)].map((id) => {
    const feed = byId.get(id);
    if (feed) return feed;
    const allowed = `on, off, or any of ${[...byId.keys()].join(", ")}`;
    throw invalidParameter({ field: "TOCSIN_FEEDS", problem: `there is no feed "${id}"`, allowed });
  });
}

function mirrors(mirror: string | undefined, feed: FeedDefinition): boolean {
  return mirror !== undefined && fs.existsSync(path.join(mirror, feed.id));
}

/** `needs_key` when the feed would go to the network without the key that its vendor asks for. */
export function feedState(feed: FeedDefinition, settings: Pick<FeedSettings, "keys" | "mirror">): "on" | "needs_key" {
  return feed.needsKey && settings.mirror === undefined && !settings.keys[feed.needsKey] ? "needs_key" : "on";
}

/** Every known feed for `listFeeds`, those of operators first; those that are not selected are `off`. */
export function describeFeeds(
  selected: readonly FeedDefinition[],
  settings: Pick<FeedSettings, "keys" | "mirror">,
  own: readonly FeedDefinition[] = [],
): FeedDescription[] {
  const on = new Set(selected.map((feed) => feed.id));
  return [...own, ...feeds].map((feed) => ({
    id: feed.id,
    name: feed.name,
    vendor: feed.vendor,
    own: feed.own !== undefined,
    kind: feed.kind,
    category: feed.category,
    homepage: feed.homepage,
    licence: feed.licence,
    tlp: feed.tlp,
    needs_key: feed.needsKey ?? null,
    interval_seconds: feed.intervalSeconds,
    state: on.has(feed.id) ? feedState(feed, settings) : "off",
  }));
}
