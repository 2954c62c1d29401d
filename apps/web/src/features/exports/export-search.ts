import { type IocSearch, iocSearch } from "../../components/ioc/ioc-search";
import { numberParam, textParam } from "../../lib/search-params";

/** What the address of the exports page says: a format (of one that is unknown the page shows another), the filters and how many records. */
export type ExportSearch = Omit<IocSearch, "q"> & { format?: string; limit?: number };

export function exportSearch(search: Record<string, unknown>): ExportSearch {
  const { q: _, ...filters } = iocSearch(search);
  return { ...filters, ...textParam(search, "format", 40), ...numberParam(search, "limit", 1, 10_000) };
}
