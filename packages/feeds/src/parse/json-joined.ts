import type { Observation } from "@tocsin/core/values";
import type { Parsed, ReadState } from "../definition/layout";
import { decodeText } from "./decode";
import { isObject, parse } from "./json";
import { endScan, type JsonForm, type JsonItem, scanText, startScan } from "./json-scan";
import { type Line, readLines } from "./lines";
import { badRow, parsedOf } from "./parsed";

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What one record says: for each of its parts observations, none where it holds nothing that is taken, or what is wrong
 * with it. A list without parts makes no row.
 */
export type Said = readonly (readonly Observation[] | string)[];

/** Documents in which what a record means stands in other records, or around them. */
export type JoinedForm<About> = {
  json: JsonForm;
  start: () => About;
  /** Hears every record of the document, and last what is around them. */
  learn: (about: About, object: JsonObject) => void;
  /** `key` is the name under which the record stands; a list that does is its member `items`. */
  read: (object: JsonObject, about: About, key: string) => Said;
};

/** Characters of records that are pending until the document ends; those of longer ones are read with what is known. */
const maxPending = 8 * 1024 * 1024;

/** The records of a document, read when all of it is known. */
export async function* readJoined<About>(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  form: JoinedForm<About>,
): AsyncGenerator<Parsed[]> {
  const scan = startScan({ ...form.json, frame: true });
  async function* itemGroups(): AsyncGenerator<JsonItem[]> {
    for await (const text of decodeText(chunks)) {
      const items = scanText(scan, text);
      state.lines = scan.line;
      yield items;
    }
    const cut = endScan(scan);
    if (cut !== null) state.cut ??= cut;
  }
  yield* join(itemGroups(), form, () => scan.frame ?? "");
}

/** The same where each line is a document of its own: one record, or what holds some. */
export async function* readJoinedLines<About>(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  form: JoinedForm<About>,
): AsyncGenerator<Parsed[]> {
  async function* itemGroups(): AsyncGenerator<JsonItem[]> {
    for await (const lines of readLines(chunks, state)) {
      const documents = lines.filter(({ text }) => text.trim() !== "");
      if (documents.some(({ open, text }) => open && parse(text) === undefined)) {
        state.cut ??= "the body ends inside a record";
      }
      yield documents.flatMap((line) => itemsOfLine(line, form.json.containers));
    }
  }
  yield* join(itemGroups(), form, () => "");
}

function itemsOfLine({ line, text, long }: Line, containers: readonly string[]): JsonItem[] {
  if (long) return [{ line, key: "", text, problem: "the line is too long" }];
  const document = parse(text);
  const holder = isObject(document) ? containers.find((name) => Array.isArray(document[name])) : undefined;
  if (!isObject(document) || holder === undefined) return [{ line, key: "", text }];
  return objectsOf(document, holder).map((object) => ({ line, key: "", text: JSON.stringify(object) }));
}

async function* join<About>(
  groups: AsyncIterable<readonly JsonItem[]>,
  form: JoinedForm<About>,
  frameOf: () => string,
): AsyncGenerator<Parsed[]> {
  const about = form.start();
  let pending: JsonItem[] = [];
  let length = 0;
  for await (const items of groups) {
    for (const item of items) {
      learnFrom(item, about, form);
      length += item.text.length;
    }
    pending.push(...items);
    if (length <= maxPending || pending.length === 0) continue;
    yield pending.flatMap((item) => rowsOf(item, about, form));
    pending = [];
  }
  const frame = parse(frameOf());
  if (isObject(frame)) form.learn(about, frame);
  if (pending.length > 0) yield pending.flatMap((item) => rowsOf(item, about, form));
}

function learnFrom<About>({ text, problem }: JsonItem, about: About, form: JoinedForm<About>): void {
  const object = problem === undefined ? parse(text) : undefined;
  if (isObject(object)) form.learn(about, object);
}

function rowsOf<About>({ line, key, text, problem }: JsonItem, about: About, form: JoinedForm<About>): Parsed[] {
  if (problem !== undefined) return [badRow(line, text, problem)];
  const value = parse(text);
  if (value === undefined) return [badRow(line, text, "not valid JSON")];
  const object = form.json.keyed && Array.isArray(value) ? { items: value } : value;
  if (!isObject(object)) return [badRow(line, text, "not an object")];
  return form.read(object, about, key).map((said) => parsedOf(line, text, said));
}

/** A member's text, or "". */
export function textOf(object: JsonObject, name: string): string {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  if (typeof value === "string") return value.trim();
  return typeof value === "number" ? String(value) : "";
}

/** The texts of a member that is a list. */
export function textsOf(object: JsonObject, name: string): string[] {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** The objects of a member that is a list. */
export function objectsOf(object: JsonObject, name: string): JsonObject[] {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return Array.isArray(value) ? value.filter(isObject) : [];
}
