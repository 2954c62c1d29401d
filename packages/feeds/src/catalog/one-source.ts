import type { FeedDefinition } from "../definition/feed";
import { feeds } from "./registry";

/** Feeds by what makes them one source: their vendor's name, or that of the vendor whom they repeat. */
const bySource = new Map<string, string[]>();
for (const feed of feeds) {
  const source = sourceOf(feed);
  bySource.set(source, [...(bySource.get(source) ?? []), feed.id]);
}

/** Other feeds that are one source with a feed: what both list has not been found twice. An operator's own stands alone. */
export function kinOf(feed: FeedDefinition): readonly string[] {
  return feed.own ? [] : (bySource.get(sourceOf(feed)) ?? []).filter((id) => id !== feed.id);
}

function sourceOf({ vendor, repeats }: FeedDefinition): string {
  return feeds.find(({ id }) => id === repeats)?.vendor ?? vendor;
}
