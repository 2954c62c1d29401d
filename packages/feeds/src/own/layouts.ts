import { type FeedMapping, mappedFields, type OwnFeedFormat } from "@tocsin/core/own-feeds";
import { BodyError, type Layout, type Parsed } from "../definition/layout";
import { readCsv } from "../parse/csv";
import type { CsvForm } from "../parse/csv-header";
import { decodeText } from "../parse/decode";
import { adblockLayout, dnsmasqLayout, hostsLayout, rpzLayout } from "../parse/host-lists";
import { parse } from "../parse/json";
import { endScan, type JsonForm, type JsonItem, scanText, startScan } from "../parse/json-scan";
import { type ListForm, readList } from "../parse/line-list";
import { type Line, readLines } from "../parse/lines";
import { mispHashes, mispLayout, mispManifest, mispSearch } from "../parse/misp";
import { badRow, parsedOf } from "../parse/parsed";
import { stixLayout, stixLines } from "../parse/stix";
import { placesOfJson } from "./json-places";
import { ownRecord, placesOfRow } from "./record";

/** How the bodies of a feed that an operator described are read. `base` is the folder of its URL. */
export function ownLayouts(format: OwnFeedFormat, mapping: FeedMapping, base: string): Layout[] {
  switch (format) {
    case "plain":
      return [plainLayout(mapping)];
    case "csv":
      return [csvLayout(mapping)];
    case "json":
      return [jsonLayout(mapping)];
    case "ndjson":
      return [ndjsonLayout(mapping)];
    case "hosts":
      return [hostsLayout({}), adblockLayout({}), dnsmasqLayout({})];
    case "rpz":
      return [rpzLayout({})];
    case "misp":
      return [mispLayout(), mispSearch, mispManifest(base), mispHashes];
    case "stix":
    case "taxii":
      return [stixLines, stixLayout()];
  }
}

const isText = (head: string) => !/^[\s\ufeff]*</.test(head);
const isJson = (head: string) => /^[\s\ufeff]*[[{]/.test(head);

/** One value a line, with a comment behind it or none. */
function plainLayout(mapping: FeedMapping): Layout {
  const form: ListForm = {
    comment: mapping.comment,
    line: /^"?(?<value>.*?)"?,?(?:\s+(?:#|;|\/\/).*)?$/,
    problem: "no value",
  };
  const places = (text: string) => (field: string) => (field === "value" ? [text] : []);
  return {
    name: "one value a line",
    fits: (head) => isText(head) && !isJson(head),
    read: (chunks, state) => readList(chunks, state, form, (fields) => ownRecord(places(fields("value")), mapping)),
  };
}

function csvLayout(mapping: FeedMapping): Layout {
  const named = mappedFields.flatMap((field) => mapping.fields[field] ?? []);
  const form: CsvForm = {
    header: named,
    separator: mapping.separator,
    comment: mapping.comment,
    ...(mapping.header === "none" ? { numbered: true, header: ["\u0000"] } : { freeHeader: true }),
  };
  return {
    name: "CSV",
    fits: isText,
    read: (chunks, state) => readCsv(chunks, state, form, (fields) => ownRecord(placesOfRow(fields, mapping), mapping)),
  };
}

/** The records of one JSON document, wherever in it the mapping says that they are. */
function jsonLayout(mapping: FeedMapping): Layout {
  const form = jsonForm(mapping.path);
  return {
    name: "JSON",
    fits: isJson,
    read: async function* (chunks, state) {
      const scan = startScan(form);
      for await (const text of decodeText(chunks)) {
        const items = scanText(scan, text);
        state.lines = scan.line;
        if (items.length > 0) yield items.map((item) => rowOf(item, mapping));
      }
      const cut = endScan(scan);
      if (cut !== null) state.cut ??= cut;
      else if (!scan.found) throw new BodyError(`the document has no list of records at "${mapping.path}"`);
    },
  };
}

/** `a.b` is the list `b` in the member `a`; `a.*` each member of `a`. */
export function jsonForm(path: string): JsonForm {
  const steps = path === "" ? [] : path.split(".");
  const last = steps.pop();
  const keyed = isKeyed(path);
  return {
    containers: last === undefined || keyed ? [] : [last],
    keyed,
    inside: steps,
    exact: true,
    scalars: true,
    maxRecord: 4 * 1024 * 1024,
  };
}

function ndjsonLayout(mapping: FeedMapping): Layout {
  return {
    name: "NDJSON",
    fits: isJson,
    read: async function* (chunks, state) {
      for await (const lines of readLines(chunks, state)) {
        const records = lines.filter(({ text }) => text.trim() !== "");
        if (records.some(({ open, text }) => open && parse(text) === undefined)) {
          state.cut ??= "the body ends inside a record";
        }
        if (records.length > 0) yield records.map((record) => rowOf(itemOf(record), mapping));
      }
    },
  };
}

function itemOf({ line, text, long }: Line): JsonItem {
  return { line, key: "", text, ...(long ? { problem: "the line is too long" } : {}) };
}

/** Whether the records are an object's members, each under a name of its own. */
export function isKeyed(path: string): boolean {
  return path === "*" || path.endsWith(".*");
}

function rowOf({ line, key: name, text, problem }: JsonItem, mapping: FeedMapping): Parsed {
  const key = isKeyed(mapping.path) ? name : "";
  if (problem !== undefined) return badRow(line, text, problem);
  const value = parse(text);
  if (value === undefined) return badRow(line, text, "not valid JSON");
  const records = Array.isArray(value) ? value : [value];
  const results = records.map((record) => ownRecord(placesOfJson(record, key, mapping), mapping));
  const refused = results.find((result) => typeof result === "string");
  const taken = results.flatMap((result) => (typeof result === "string" ? [] : result));
  return parsedOf(line, text, taken.length > 0 ? taken : (refused ?? "an empty list"));
}
