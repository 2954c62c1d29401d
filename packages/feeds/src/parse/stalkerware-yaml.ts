// The list of families in https://github.com/AssoEchap/stalkerware-indicators: YAML of one fixed shape, read by lines.
import type { Observation } from "@tocsin/core/values";
import type { Parsed, ReadState } from "../definition/layout";
import { type Line, readLines } from "./lines";
import { badRow, parsedOf } from "./parsed";

/** Lists whose entries are places in the network; names of packages and certificates are none. */
const places = new Set(["websites", "distribution", "ip", "ips", "domains"]);

export async function* readStalkerwareYaml(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  read: (value: string, app: string) => Observation,
): AsyncGenerator<Parsed[]> {
  const place: Place = { app: "", list: "" };
  for await (const lines of readLines(chunks, state)) {
    const rows = lines.flatMap((line) => rowsOf(line, place, read));
    if (rows.length > 0) yield rows;
  }
}

/** The family and its list that a line is in. */
type Place = { app: string; list: string };

function rowsOf({ line, text, long }: Line, place: Place, read: (value: string, app: string) => Observation): Parsed[] {
  const [, family] = /^- name:\s*(\S.*)$/.exec(text) ?? [];
  const [, key] = /^\s{2,6}(\w+):\s*$/.exec(text) ?? [];
  const [, value] = /^\s{2,8}- (\S.*)$/.exec(text) ?? [];
  const bad = long ? [badRow(line, text, "the line is too long")] : [];
  if (family !== undefined) Object.assign(place, { app: unquoted(family), list: "" });
  else if (key !== undefined) place.list = key;
  else if (value !== undefined && places.has(place.list)) {
    return [...bad, parsedOf(line, text, [read(unquoted(value), place.app)])];
  }
  return bad;
}

export function fitsStalkerwareYaml(head: string): boolean {
  return (
    /^\ufeff?(?:[ \t]*(?:#.*|---[ \t]*)?\r?\n)*- name:/.test(head) &&
    /^ {2}(?:packages|certificates|websites):/m.test(head)
  );
}

function unquoted(text: string): string {
  return text
    .replace(/(?<!\s)\s+#.*$/, "")
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2");
}
