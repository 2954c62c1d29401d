import type { Feed } from "../../components/feed/run";
import { choiceParam, textParam } from "../../lib/search-params";
import { byUrgency, feedHealth, healths } from "./feed-health";

/** Which feeds are shown, by the word in the address. */
export const feedViews = {
  on: { label: "On", holds: (feed) => feed.state === "on" },
  failing: { label: healths.failing.label, holds: (feed) => feedHealth(feed) === "failing" },
  held: { label: healths.held.label, holds: (feed) => feedHealth(feed) === "held" },
  off: { label: "Not running", holds: (feed) => feed.state !== "on" },
} as const satisfies Record<string, { label: string; holds: (feed: Feed) => boolean }>;
export type FeedView = keyof typeof feedViews;
export const feedViewNames = ["on", "failing", "held", "off"] as const satisfies readonly FeedView[];

const sorts = ["name", "-name", "last", "-last", "next", "-next", "iocs", "-iocs"] as const;
type Sort = (typeof sorts)[number];

/** The address of the feeds: what is searched, which are shown in which order, and whose drawer is open. */
export function feedSearch(search: Record<string, unknown>): {
  feed?: string;
  q?: string;
  view?: FeedView;
  sort?: Sort;
} {
  return {
    ...textParam(search, "feed"),
    ...textParam(search, "q", 100),
    ...choiceParam(search, "view", feedViewNames),
    ...choiceParam(search, "sort", sorts),
  };
}

/** The feeds that the address asks for, in its order: without one, the most urgent first. */
export function shownFeeds(feeds: readonly Feed[], { q = "", view, sort }: ReturnType<typeof feedSearch>): Feed[] {
  const wanted = q.toLowerCase();
  const found = feeds.filter(
    (feed) =>
      (view === undefined || feedViews[view].holds(feed)) &&
      `${feed.id} ${feed.name} ${feed.vendor}`.toLowerCase().includes(wanted),
  );
  return found.sort(sort === undefined ? byUrgency : orderOf(sort));
}

const values = {
  name: ({ name }) => name.toLowerCase(),
  last: ({ last_run }) => last_run?.started_at ?? null,
  next: ({ next_due_at }) => next_due_at,
  iocs: ({ iocs }) => iocs,
} as const satisfies Record<string, (feed: Feed) => string | number | null>;

/** By the value, what has none last either way. */
function orderOf(sort: Sort): (a: Feed, b: Feed) => number {
  const value = values[sort.replace("-", "") as keyof typeof values];
  const way = sort.startsWith("-") ? -1 : 1;
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === y) return a.name.localeCompare(b.name);
    if (x === null || y === null) return x === null ? 1 : -1;
    return x < y ? -way : way;
  };
}
