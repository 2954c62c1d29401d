// RSS 0.9x and 2.0 (rssboard.org), RSS 1.0 (web.resource.org), Atom 1.0 (RFC 4287).
import { escapeAttribute, escapeText } from "entities";
import { Parser } from "htmlparser2";
import { BodyError } from "../definition/layout";
import { emptyItem, mostItems, type RawItem } from "./news-item";

type Attributes = Readonly<Record<string, string>>;

/** A child of an item that is being heard: its text, and its markup where it has some. */
type Heard = { name: string; attributes: Attributes; depth: number; html: string; escape: boolean };

export type NewsXml = { items: RawItem[]; base: string | null; whole: boolean };

const deepest = 200;
const longestText = 4_000_000;

/**
 * The items of a feed. The parser knows no entities but those of XML, asks no other host for anything, and takes markup
 * as people write it; a document that declares entities of its own is refused. Throws BodyError.
 */
export function readNewsXml(text: string): NewsXml {
  const reader = new NewsReader(text);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes, parser.startIndex),
      ontext: (heard) => reader.hear(heard),
      onclosetag: (name) => reader.close(name),
      onprocessinginstruction: (name, data) => refuseEntities(name, data),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(text);
  const whole = reader.depth === 0;
  parser.end();
  return { items: reader.items, base: reader.base, whole };
}

function refuseEntities(name: string, data: string): void {
  if (/^!/.test(name) && /<?!ENTITY/i.test(data)) throw new BodyError("the XML document declares entities of its own");
}

/** What FeedBurner redirects from comes before its redirect. */
const linkRanks = { origin: 0, link: 1, id: 2 } as const;

const dateRanks: Readonly<Record<string, number>> = {
  pubdate: 0,
  published: 0,
  "dc:date": 1,
  issued: 1,
  "dcterms:issued": 1,
  "dcterms:created": 2,
  created: 2,
  updated: 3,
  "atom:updated": 3,
  "a10:updated": 3,
  modified: 3,
  "dcterms:modified": 3,
};

class NewsReader {
  readonly items: RawItem[] = [];
  base: string | null = null;
  depth = 0;
  #prefix = "";
  #atom = false;
  #item: { raw: RawItem; depth: number } | null = null;
  #heard: Heard | null = null;
  #line = 1;
  #counted = 0;

  constructor(readonly text: string) {}

  open(written: string, attributes: Attributes, at: number): void {
    this.depth++;
    if (this.depth > deepest) throw new BodyError(`the XML document is nested more than ${deepest} deep`);
    if (this.depth === 1) {
      this.#prefix = /^(\w+:)(?:feed|rss)$/i.exec(written)?.[1]?.toLowerCase() ?? "";
      this.base = attributes["xml:base"] ?? null;
      this.#atom = this.#bare(written) === "feed";
    }
    const name = this.#bare(written);
    if (this.#item !== null && name.startsWith("media:")) noteImage(this.#item.raw, name, attributes);
    if (this.#heard !== null) hear(this.#heard, tagOf(written, attributes));
    else if (this.#item !== null) this.#heard = heardOf(name, attributes, this.depth, this.#atom);
    else if (name === "item" || name === "entry") this.#item = { raw: this.#begin(attributes, at), depth: this.depth };
  }

  hear(text: string): void {
    if (this.#heard !== null) hear(this.#heard, this.#heard.escape ? escapeText(text) : text);
  }

  close(written: string): void {
    const { depth } = this;
    this.depth--;
    if (this.#heard === null) {
      if (this.#item?.depth === depth) this.#item = null;
    } else if (this.#heard.depth < depth) hear(this.#heard, `</${written}>`);
    else {
      if (this.#item !== null) take(this.#item.raw, this.#heard);
      this.#heard = null;
    }
  }

  #bare(written: string): string {
    const name = written.toLowerCase();
    return name.startsWith(this.#prefix) ? name.slice(this.#prefix.length) : name;
  }

  #begin(attributes: Attributes, at: number): RawItem {
    if (this.items.length === mostItems) throw new BodyError(`the feed has more than ${mostItems} items`);
    for (let next = this.text.indexOf("\n", this.#counted); next >= 0 && next < at; ) {
      this.#line++;
      this.#counted = next + 1;
      next = this.text.indexOf("\n", this.#counted);
    }
    const item = emptyItem(this.#line);
    // RSS 1.0 repeats the link as the item's name.
    if (attributes["rdf:about"]) item.links.push({ rank: linkRanks.id, text: attributes["rdf:about"] });
    this.items.push(item);
    return item;
  }
}

function take(item: RawItem, { name, attributes, html }: Heard): void {
  const rank = dateRanks[name];
  if (rank !== undefined) item.dates.push({ rank, text: html });
  else if (name === "title") item.title ||= html;
  else if (name === "description" || name === "summary") item.summary ||= html;
  else if (name === "content:encoded" || name === "content") item.body ||= html;
  else takeLink(item, name, attributes, html.trim());
}

function takeLink(item: RawItem, name: string, attributes: Attributes, text: string): void {
  switch (name) {
    case "feedburner:origlink":
      item.links.push({ rank: linkRanks.origin, text });
      break;
    case "link":
      // RSS has the address as a text; Atom has it in `href`, beside links to other things.
      if (attributes.href === undefined) item.links.push({ rank: linkRanks.link, text });
      else if (isAlternate(attributes)) item.links.push({ rank: linkRanks.link, text: attributes.href });
      break;
    case "guid":
    case "id":
      if (isPermanent(name, attributes, text)) item.links.push({ rank: linkRanks.id, text });
      break;
    case "enclosure":
      if (/^image\//i.test(attributes.type ?? "")) item.images.push(attributes.url ?? "");
      break;
    case "itunes:image":
      item.images.push(attributes.href ?? "");
      break;
  }
}

function isAlternate({ rel = "alternate" }: Attributes): boolean {
  return rel === "alternate";
}

/** Whether an item's id is the address of its page. */
function isPermanent(name: string, { isPermaLink }: Attributes, text: string): boolean {
  return !(name === "guid" && isPermaLink === "false") && /^https?:/i.test(text);
}

/** Media RSS: https://www.rssboard.org/media-rss */
function noteImage(item: RawItem, name: string, attributes: Attributes): void {
  const { url = "", medium = "", type = "" } = attributes;
  const pictured = medium === "image" || /^image\//i.test(type) || /\.(?:avif|gif|jpe?g|png|webp)(?:$|\?)/i.test(url);
  if (name === "media:thumbnail" || (name === "media:content" && pictured)) item.images.push(url);
}

/** RSS's fields may hold escaped markup; Atom's hold what `type` says, and text where it says nothing. */
function heardOf(name: string, attributes: Attributes, depth: number, atom: boolean): Heard {
  const type = attributes.type?.toLowerCase() ?? "text";
  const plain = atom && (type === "text" || type === "text/plain");
  return { name, attributes, depth, html: "", escape: plain || type === "xhtml" || type.endsWith("xhtml+xml") };
}

function hear(heard: Heard, html: string): void {
  if (heard.html.length < longestText) heard.html += html;
}

function tagOf(name: string, attributes: Attributes): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  return `<${name}${said.join("")}>`;
}
