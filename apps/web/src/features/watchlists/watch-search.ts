export const matchViews = ["open", "all", "acknowledged"] as const;
export type MatchView = (typeof matchViews)[number];

/** What of a watchlist is shown: its matches (the open ones unless said otherwise) or its entries. */
export type WatchSearch = { tab?: "entries"; show?: Exclude<MatchView, "open"> };

export function watchSearch(search: Record<string, unknown>): WatchSearch {
  return {
    ...(search.tab === "entries" ? { tab: "entries" as const } : {}),
    ...(search.show === "all" || search.show === "acknowledged" ? { show: search.show } : {}),
  };
}
