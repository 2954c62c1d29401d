import type { ListInput } from "../../components/ioc/ioc-query";

export type ExportFormat = NonNullable<ListInput["format"]>;

/** What the list can be answered as, in the order in which it is offered. */
export const exportFormats = {
  csv: "One row per indicator, with a header row; opens in a spreadsheet.",
  txt: "One value per line, for block lists.",
  json: "Every field, with the filters in effect and the cursor of the next page.",
  ndjson: "Every field, one JSON object per line.",
} as const satisfies Record<ExportFormat, string>;

/** The request that answers the list as a file, as a line of a POSIX shell; the key comes from the environment. */
export function exportCurl(origin: string, filters: ListInput, format: ExportFormat, limit: number | null): string {
  const query = new URLSearchParams({ format, limit: limit === null ? "all" : String(limit) });
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, String(value));
  return `curl -f -H "Authorization: Bearer $TOCSIN_KEY" \\\n  -o iocs.${format} \\\n  '${origin}/api/v1/iocs?${query}'`;
}
