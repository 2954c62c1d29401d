import type { NewsLayout, ParsedArticle, ReadState } from "../definition/layout";
import { BodyError } from "../definition/layout";
import { decodeDocument } from "./decode-document";
import { articleOf } from "./news-item";
import { readNewsJson } from "./news-json";
import { readNewsXml } from "./news-xml";

/** The forms in which news is published; `homepage` is what relative links start from where a body does not say. */
export function newsLayouts(homepage: string): readonly NewsLayout[] {
  const xml = (name: string, root: RegExp): NewsLayout => ({
    name,
    fits: (head) => root.test(rootOf(head)),
    read: (chunks, state) => readXml(chunks, state, homepage),
  });
  return [
    xml("RSS", /^(?:\w+:)?rss$/i),
    xml("Atom", /^(?:\w+:)?feed$/i),
    xml("RSS 1.0", /^(?:\w+:)?RDF$/i),
    {
      name: "JSON Feed",
      fits: (head) => /^[\s\ufeff]*\{/.test(head) && /"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org\\?\/version/.test(head),
      read: (chunks, state) => readJson(chunks, state, homepage),
    },
  ];
}

/** The name of the first element; "" where the head has none. */
function rootOf(head: string): string {
  let text = head.replaceAll("\0", "").replace(/^[\s\ufeff]+/, "");
  for (let steps = 0; steps < 50; steps++) {
    const close = text.startsWith("<!--") ? "-->" : /^<[?!]/.test(text) ? ">" : null;
    if (close === null) return /^<([\w.:-]+)/.exec(text)?.[1] ?? "";
    const end = text.indexOf(close);
    if (end < 0) return "";
    text = text.slice(end + close.length).replace(/^[^<]+/, "");
  }
  return "";
}

/** Whole: a feed's size is bounded by its definition, and its encoding is known only at its end. */
async function textOf(chunks: AsyncIterable<Uint8Array>, state: ReadState): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const text = decodeDocument(Buffer.concat(parts));
  state.lines = text.split("\n").length;
  return text;
}

async function* readXml(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  homepage: string,
): AsyncGenerator<ParsedArticle[]> {
  const { items, base, whole } = readNewsXml(await textOf(chunks, state));
  if (!whole) {
    state.cut = "the XML document ends before its end";
    return;
  }
  const from = base !== null && URL.canParse(base, homepage) ? new URL(base, homepage).href : homepage;
  yield items.map((item) => articleOf(item, from));
}

async function* readJson(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  homepage: string,
): AsyncGenerator<ParsedArticle[]> {
  const items = readNewsJson(await textOf(chunks, state));
  if (items === null) throw new BodyError("the JSON document is broken or ends before its end");
  yield items.map((item) => articleOf(item, homepage));
}
