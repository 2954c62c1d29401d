import { type FeedDefinition, feeds, loadOwnFeeds, tryFeeds } from "@tocsin/feeds";
import type { Deps } from "../deps";

type Finding = { check: string; state: "ok" | "warning" | "failed"; text: string };

/** More than all feeds take, a few at a time, each within its own patience. */
const longestMs = 15 * 60_000;

/** `doctor --feeds`: asks every feed that is chosen, and those of operators, and explains what does not answer. */
export async function tryEachFeed({ context, feeds: chosen, feedSettings }: Deps): Promise<Finding[]> {
  const all: readonly FeedDefinition[] = [...chosen, ...(await loadOwnFeeds(context))];
  const trials = await tryFeeds(all, feedSettings, { signal: AbortSignal.timeout(longestMs) });
  const known = new Map(feeds.map((feed) => [feed.id, feed]));
  return trials.map(({ feedId, answers, ms, text }) => {
    const feed = known.get(feedId);
    const about = feed
      ? ` It was last known to answer in ${feed.answered}${feed.trouble ? `: ${feed.trouble}` : ""}.`
      : "";
    return {
      check: `feed ${feedId}`,
      state: answers ? "ok" : "warning",
      text: answers ? `${text} (${ms} ms)` : `${text}.${about}`,
    };
  });
}
