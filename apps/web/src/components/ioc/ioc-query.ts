import type { Inputs, Outputs } from "../../lib/trpc";
import { type IocSearch, sinceTime } from "./ioc-search";

export type Ioc = Outputs["iocs"]["list"]["data"][number];
type ListInput = Exclude<Inputs["iocs"]["list"], void>;

const filterNames = ["type", "confidence", "category", "source", "tag", "min_risk", "since", "harmless"] as const;

/** The filters of the list as the API takes them. */
export function listFilters(search: IocSearch, now: Date): ListInput {
  const { q: _, since, harmless, ...filters } = search;
  return {
    ...filters,
    ...(since ? { since: sinceTime(since, now) } : {}),
    ...(harmless ? { include_false_positives: true } : {}),
  };
}

export function filterCount(search: IocSearch): number {
  return filterNames.filter((name) => search[name] !== undefined).length;
}

export const exportFormats = ["csv", "txt", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The request that answers the list as a file, as a line of a POSIX shell; the key comes from the environment. */
export function exportCurl(origin: string, filters: ListInput, format: ExportFormat, limit: number | null): string {
  const query = new URLSearchParams({ format, limit: limit === null ? "all" : String(limit) });
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, String(value));
  return `curl -f -H "Authorization: Bearer $TOCSIN_KEY" \\\n  -o iocs.${format} \\\n  '${origin}/api/v1/iocs?${query}'`;
}
