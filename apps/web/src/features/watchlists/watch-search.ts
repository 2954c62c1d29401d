import { choiceParam } from "../../lib/search-params";
import { kindsOf } from "../../lib/tables";
import type { Inputs } from "../../lib/trpc";

type Status = NonNullable<Inputs["watchlists"]["matches"]["status"]>;

/** Which matches are shown; `open` unless the address says otherwise. */
export const matchViews = {
  open: "Open",
  all: "All",
  acknowledged: "Acknowledged",
} as const satisfies Record<Status | "all", string>;
export type MatchView = keyof typeof matchViews;

/** What the address of a watchlist says: its matches or its entries, and which matches. */
export type WatchSearch = { tab?: "entries"; show?: Exclude<MatchView, "open"> };

const choices = kindsOf(matchViews).filter((view) => view !== "open");

export function watchSearch(search: Record<string, unknown>): WatchSearch {
  return { ...choiceParam(search, "tab", ["entries"] as const), ...choiceParam(search, "show", choices) };
}
