import { listFilters } from "../../components/ioc/ioc-query";
import type { Outputs } from "../../lib/trpc";
import type { ExportSearch } from "./export-search";

export type Export = Outputs["exports"]["list"]["data"][number];
export type Choices = Readonly<Record<string, string>>;

/** The request's query by name; an empty choice is none. */
export function queryOf(
  { format: _, limit, ...search }: ExportSearch,
  choices: Choices,
  now: Date,
): Record<string, string> {
  const fields = { ...listFilters(search, now), limit, ...choices };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

type Place = { id: string; path: string; extension: string };
/** The formats of the list itself are chosen there by `format`. */
const listPath = "/api/v1/iocs";

/** The request of a program, as a line of a POSIX shell; the key comes from the environment. */
export function curlOf(origin: string, { id, path, extension }: Place, query: Record<string, string>): string {
  const listed = path === listPath;
  // Left alone by URLSearchParams, a quote would end the shell's.
  const text = new URLSearchParams({ ...(listed ? { format: id } : {}), ...query }).toString().replaceAll("'", "%27");
  const file = `${listed ? "iocs" : id}.${extension}`;
  return `curl -f --compressed -H "Authorization: Bearer $TOCSIN_KEY" \\\n  -o ${file} \\\n  '${origin}${path}${text ? `?${text}` : ""}'`;
}
