import { choiceParam, textParam } from "../../lib/search-params";
import { kindsOf } from "../../lib/tables";

export const lookupTabs = {
  summary: "Summary",
  sources: "Sources",
  relations: "Relations",
  articles: "Articles",
  hunt: "Hunt",
  raw: "Raw",
} as const;
export type LookupTab = keyof typeof lookupTabs;

/** What the address of the lookup says: the value, and the tab that is open where that is not the first. */
export type LookupSearch = { value?: string; tab?: LookupTab };

export function lookupSearch(search: Record<string, unknown>): LookupSearch {
  const { tab } = choiceParam(search, "tab", kindsOf(lookupTabs));
  return { ...textParam(search, "value"), ...(tab === undefined || tab === "summary" ? {} : { tab }) };
}
