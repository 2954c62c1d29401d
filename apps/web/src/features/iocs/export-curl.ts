import type { ListInput } from "../../components/ioc/ioc-query";

export const exportFormats = ["csv", "txt", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The request that answers the list as a file, as a line of a POSIX shell; the key comes from the environment. */
export function exportCurl(origin: string, filters: ListInput, format: ExportFormat, limit: number | null): string {
  const query = new URLSearchParams({ format, limit: limit === null ? "all" : String(limit) });
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, String(value));
  return `curl -f -H "Authorization: Bearer $TOCSIN_KEY" \\\n  -o iocs.${format} \\\n  '${origin}/api/v1/iocs?${query}'`;
}
