import { choiceParam } from "../../lib/search-params";

export const reportTabs = { sightings: "Sightings", verdicts: "Verdicts" } as const;

/** What the page's address says; the first tab is left out. */
export function reportsSearch(search: Record<string, unknown>): { tab?: "verdicts" } {
  return choiceParam(search, "tab", ["verdicts"] as const);
}
