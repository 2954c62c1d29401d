import { type IocSearch, iocSearch } from "../../components/ioc/ioc-search";
import { choiceParam, numberParam } from "../../lib/search-params";
import { formatIds } from "./format-words";

/** What the address of the exports page says: a format, the filters and how many records. */
export type ExportSearch = Omit<IocSearch, "q"> & { format?: string; limit?: number };

export function exportSearch(search: Record<string, unknown>): ExportSearch {
  const { q: _, ...filters } = iocSearch(search);
  return { ...filters, ...choiceParam(search, "format", formatIds), ...numberParam(search, "limit", 1, 10_000) };
}
