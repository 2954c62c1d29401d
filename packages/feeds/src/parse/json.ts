import type { Observation } from "@tocsin/core/values";
import type { Parsed, ReadState } from "../definition/layout";
import { decodeText } from "./decode";
import { endScan, type JsonForm, type JsonItem, scanText, startScan } from "./json-scan";
import { badRow, type Fields, parsedOf } from "./parsed";
import { said } from "./said";

/** What a vendor's record says; `key` is the id under which it stands. */
export type ReadJsonRecord = (fields: Fields, key: string) => readonly Observation[] | string;

/** The records of one JSON document. */
export async function* readJson(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  form: JsonForm,
  read: ReadJsonRecord,
): AsyncGenerator<Parsed[]> {
  const scan = startScan(form);
  for await (const text of decodeText(chunks)) {
    const items = scanText(scan, text);
    state.lines = scan.line;
    if (items.length > 0) yield items.map((item) => rowOf(item, read));
  }
  const cut = endScan(scan);
  if (cut !== null) state.cut ??= cut;
}

/** One record that is JSON by itself: an object, or an array of objects. */
export function rowOf({ line, key, text, problem }: JsonItem, read: ReadJsonRecord): Parsed {
  if (problem !== undefined) return badRow(line, text, problem);
  const value = parse(text);
  if (value === undefined) return badRow(line, text, "not valid JSON");
  const observations: Observation[] = [];
  for (const each of Array.isArray(value) ? value : [value]) {
    if (!isObject(each)) return badRow(line, text, "not an object");
    const result = read(fieldsOfObject(each), key);
    if (typeof result === "string") return badRow(line, text, result);
    observations.push(...result);
  }
  return parsedOf(line, text, observations);
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Texts, numbers and flags by name; a list as its texts with commas between. */
export function fieldsOfObject(object: Readonly<Record<string, unknown>>): Fields {
  return (...names) => {
    for (const name of names) {
      const text = said(textOf(Object.hasOwn(object, name) ? object[name] : undefined));
      if (text !== "") return text;
    }
    return "";
  };
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? value.filter((each) => typeof each === "string").join(",") : "";
}

/** Whether a head begins a JSON document in which one of these names stands. */
export function fitsJson(head: string, names: readonly string[]): boolean {
  const start = head.replace(/^\ufeff/, "").trimStart();
  return /^[[{]/.test(start) && names.some((name) => start.includes(`"${name}"`));
}
