import type { Inputs, Outputs } from "../../lib/trpc";
import { type IocSearch, sinceTime } from "./ioc-search";

export type Ioc = Outputs["iocs"]["list"]["data"][number];
export type ListInput = Exclude<Inputs["iocs"]["list"], void>;

const filterNames = ["type", "confidence", "category", "source", "tag", "min_risk", "since", "harmless"] as const;

/** The filters of the list as the API takes them. */
export function listFilters(search: IocSearch, now: Date): ListInput {
  const { q: _, open: _open, since, harmless, ...filters } = search;
  return {
    ...filters,
    ...(since ? { since: sinceTime(since, now) } : {}),
    ...(harmless ? { include_false_positives: true } : {}),
  };
}

export function filterCount(search: IocSearch): number {
  return filterNames.filter((name) => search[name] !== undefined).length;
}
