// OpenIOC 1.0 and 1.1: https://github.com/fireeye/OpenIOC_1.1
import type { Observation } from "@tocsin/core/values";
import { SaxesParser } from "saxes";
import type { Layout, Parsed, ReadState } from "../definition/layout";
import { decodeText } from "./decode";
import { badRow, parsedOf } from "./parsed";
import { addressType, link, notes, seen } from "./said";
import { typesByWord } from "./type-words";

/** Where in the document the parser is, and what it has heard. */
type Reading = {
  path: string[];
  text: string;
  title: string;
  written: string;
  page: string;
  item: { line: number; condition: string; search: string; content: string } | null;
  rows: Parsed[];
};

const types = typesByWord("openIoc");
const addresses = /(?:remoteip|localip|remoteipaddress|ipv4address|iplist|network\/ip)$/;

const maxText = 4000;
const deepest = 200;

export const openiocLayout: Layout = {
  name: "OpenIOC",
  fits: (head) => /^[\s\ufeff]*</.test(head) && /<(?:ioc|OpenIOC)\b[^>]{0,600}(?:mandiant|openioc)/i.test(head),
  read: readOpenioc,
};

async function* readOpenioc(chunks: AsyncIterable<Uint8Array>, state: ReadState): AsyncGenerator<Parsed[]> {
  const reading: Reading = { path: [], text: "", title: "", written: "", page: "", item: null, rows: [] };
  const parser = new SaxesParser();
  let broken = "";
  parser.on("error", ({ message }) => {
    broken ||= message.slice(0, 200);
    // The parser would go on, and describe what is wrong with every character.
    throw new Broken();
  });
  parser.on("opentag", ({ name, attributes }) => {
    // The parser keeps every element that is open.
    if (reading.path.length >= deepest) parser.fail(`elements are nested more than ${deepest} deep`);
    open(reading, name, attributes, parser.line);
  });
  parser.on("text", (text) => hear(reading, text));
  parser.on("cdata", (text) => hear(reading, text));
  parser.on("closetag", ({ name }) => close(reading, name));
  for await (const text of decodeText(chunks)) {
    if (broken !== "") continue;
    feed(parser, text);
    state.lines = Math.max(state.lines, parser.line);
    if (reading.rows.length > 0) yield reading.rows.splice(0);
  }
  if (broken === "" && reading.path.length > 0) broken = "an element is not closed";
  if (broken !== "") state.cut ??= `the XML document is broken or ends before its end: ${broken}`;
}

class Broken extends Error {}

/** Up to what is wrong with the document, where something is. */
function feed(parser: SaxesParser, text: string): void {
  try {
    parser.write(text);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
  }
}

function open(reading: Reading, name: string, attributes: Record<string, string>, line: number): void {
  if (reading.path.length < deepest) reading.path.push(name);
  reading.text = "";
  if (name === "IndicatorItem") {
    reading.item = { line, condition: attributes.condition ?? "is", search: "", content: "" };
  }
  if (name === "Context" && reading.item) reading.item.search = attributes.search ?? "";
}

function hear(reading: Reading, text: string): void {
  if (reading.text.length < maxText) reading.text += text;
}

function close(reading: Reading, name: string): void {
  reading.path.pop();
  const text = reading.text.trim();
  reading.text = "";
  const { item } = reading;
  if (name === "short_description") reading.title ||= text;
  else if (name === "authored_date") reading.written ||= text;
  else if (name === "link" || name === "description")
    reading.page ||= link(/https?:\/\/[^\s<>"]+/.exec(text)?.[0] ?? "");
  else if (name === "Content" && item) item.content = text;
  else if (name === "IndicatorItem" && item) {
    reading.item = null;
    const shown = `${item.search} ${item.condition} ${item.content}`;
    const said = readItem(item, reading);
    reading.rows.push(typeof said === "string" ? badRow(item.line, shown, said) : parsedOf(item.line, shown, said));
  }
}

function readItem(item: NonNullable<Reading["item"]>, reading: Reading): readonly Observation[] | string {
  const search = item.search.toLowerCase();
  const named = (types.get(search) ?? types.get(search.split("/")[1] ?? ""))?.[0];
  // What a host resolves to, or a route leads to, may be an address.
  const isAddress = addresses.test(search) || (named === "domain" && /^[\d.]+$/.test(item.content));
  const type = isAddress ? addressType(item.content) : named;
  // Sizes, times, names, paths and the like.
  if (type === undefined) return search === "" ? "no context" : [];
  // Part of a name is an indicator only where the name is whole: a host under it.
  if (item.condition !== "is" && !(type === "domain" && item.condition === "contains")) {
    return [];
  }
  const about = { ...seen(reading.written.replace(/Z$/, ""), ""), threatType: "malware", referenceUrl: reading.page };
  return [{ ...about, value: item.content, type, context: notes({ report: reading.title }) }];
}
