import { choiceParam } from "../../lib/search-params";
import { type MatchSearch, matchSearch } from "./match-search";

/** What the address of a watchlist says: its matches or its entries, and which matches. */
export type WatchSearch = { tab?: "entries" } & Omit<MatchSearch, "list">;

export function watchSearch(search: Record<string, unknown>): WatchSearch {
  const { list: _, ...matches } = matchSearch(search);
  return { ...choiceParam(search, "tab", ["entries"] as const), ...matches };
}
