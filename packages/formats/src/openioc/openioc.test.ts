import { spawnSync } from "node:child_process";
import fs from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOf } from "../golden/documents";
import { about, pages, records } from "../golden/records";
import { openioc } from "./openioc";
import { xmlText } from "./xml";

const xmllint = "/usr/bin/xmllint";
const skip = !fs.existsSync(xmllint);
if (skip) console.log(`skipped: XML by a parser of its own (${xmllint} is absent)`);

type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

/** XML 1.0 as far as these documents use it: elements, attributes in double quotes, character and entity references. */
function parseXml(text: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const stack = [root];
  for (const { at, closes, name, attributes, empty, data } of tokensOf(text)) {
    const top = topOf(stack, at);
    if (data !== undefined) top.text += resolve(data);
    else if (closes) closeElement(stack, name);
    else {
      const element = { name, attributes: readAttributes(attributes), children: [], text: "" };
      top.children.push(element);
      if (!empty) stack.push(element);
    }
  }
  const [element, ...more] = root.children;
  if (stack.length > 1 || !element || more.length > 0) throw new Error("not one whole element");
  return element;
}

/** The tags and the texts between them, after the declaration. */
function* tokensOf(text: string) {
  const token = /<(\/?)([A-Za-z_][\w.-]*)((?: [A-Za-z_:][\w.:-]*="[^"<]*")*)(\/?)>|([^<]+)/y;
  token.lastIndex = /^<\?xml version="1\.0" encoding="utf-8"\?>\n/.exec(text)?.[0].length ?? 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new Error(`not XML at ${at}: ${text.slice(at, at + 60)}`);
    const [, closes, name = "", attributes = "", empty, data] = match;
    yield { at, closes, name, attributes, empty, data };
  }
}

/** Whoever closes the root has left nothing for what follows. */
function topOf(stack: readonly Element[], at: number): Element {
  const top = stack.at(-1);
  if (!top) throw new Error(`not XML at ${at}: nothing is open`);
  return top;
}

function closeElement(stack: Element[], name: string): void {
  if (stack.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([^=]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, resolve(value)]);
  const attributes: Record<string, string> = Object.fromEntries(pairs);
  if (Object.keys(attributes).length !== pairs.length) throw new Error("an attribute twice");
  return attributes;
}

function resolve(text: string): string {
  // Line breaks are normalised before references are read (section 2.11).
  return text.replace(/\r\n?/g, "\n").replace(/&([^;]*);?/g, (whole, name: string) => {
    const named = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' }[whole];
    const code = /^#([0-9]+)$/.exec(name)?.[1];
    if (named === undefined && code === undefined) throw new Error(`no reference: ${whole}`);
    return named ?? String.fromCodePoint(Number(code));
  });
}

function all(element: Element, name: string): Element[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => all(child, name))];
}

describe("xmlText", () => {
  it("parses back to its text without what XML cannot hold, in an element and in an attribute", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("&", "<", ">", '"', "\r", "\n", "\t", "]", "\u0000", "a") }),
    );
    fc.assert(
      fc.property(text, (value) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold
        const held = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
        const { text, attributes } = parseXml(`<a b="${xmlText(value)}">${xmlText(value)}</a>`);
        expect([text, attributes.b]).toEqual([held, held]);
      }),
    );
  });
});

describe.each(["1.0", "1.1"] as const)("version %s", (version) => {
  const document = openioc.documentOf({ version });

  it("has an item for every record that has a term, with unique ids that stay", async () => {
    const root = parseXml(await textOf(document, pages(), about));
    const items = all(root, "IndicatorItem");
    const termless = new Set(["sha512", "cve", "mitre_attack"]);
    const values = records.filter(({ type }) => !termless.has(type)).map(({ value }) => value);
    expect(all(root, "Content").map(({ text }) => text)).toEqual(values);
    expect(items[0]?.attributes.id).toBe("0139b49f-091c-5526-89ee-fd6214c8a9a9");
    const ids = [root, ...all(root, "Indicator"), ...items, ...all(root, "param")].map(
      ({ attributes }) => attributes.id,
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of all(root, "Context")) {
      expect(attributes.search?.startsWith(`${attributes.document}/`)).toBe(true);
    }
  });

  it.skipIf(skip)("is XML to a parser of its own", async () => {
    const odd = { ...about, instanceName: '<A> & "B"', selection: "tag=]]>" };
    const { status, stderr } = spawnSync(xmllint, ["--noout", "-"], { input: await textOf(document, pages(), odd) });
    expect([status, String(stderr)]).toEqual([0, ""]);
  });

  it("writes the instance's name as text", async () => {
    const odd = { ...about, instanceName: '<A> & "B"', selection: "tag=]]>" };
    const root = parseXml(await textOf(document, pages(), odd));
    expect(all(root, "authored_by")[0]?.text).toBe(odd.instanceName);
    expect(all(root, "short_description")[0]?.text).toBe(`${odd.instanceName} indicators (tag=]]>)`);
  });
});

it("has in 1.0 what the root ioc has", async () => {
  const root = parseXml(await textOf(openioc, pages(), about));
  expect(root.name).toBe("ioc");
  expect(root.attributes.xmlns).toBe("http://schemas.mandiant.com/2010/ioc");
  expect(root.children.map(({ name }) => name)).toEqual([
    "short_description",
    "description",
    "keywords",
    "authored_by",
    "authored_date",
    "links",
    "definition",
  ]);
});

it("has in 1.1 the elements and attributes of the schema, in its order", async () => {
  const root = parseXml(await textOf(openioc.documentOf({ version: "1.1" }), pages(), about));
  expect(Object.keys(root.attributes)).toEqual(["xmlns", "id", "last-modified", "published-date"]);
  expect(root.children.map(({ name }) => name)).toEqual(["metadata", "criteria", "parameters"]);
  for (const { attributes, children } of all(root, "IndicatorItem")) {
    expect(Object.keys(attributes)).toEqual(["id", "condition", "preserve-case", "negate"]);
    expect(children.map(({ name }) => name)).toEqual(["Context", "Content"]);
  }
  const [param] = all(root, "param");
  expect(param?.attributes["ref-id"]).toBe(all(root, "Indicator")[0]?.attributes.id);
  expect(param?.children[0]?.text).toBe("amber+strict");
});
