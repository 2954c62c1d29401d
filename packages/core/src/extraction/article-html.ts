import { Parser } from "htmlparser2";
import { atOnce } from "../lib";
import { cleanText, type Line, readLines } from "./line";
import { article, blocks, boilerplate, contentMarks, isNamed, neverText, paragraphless } from "./markup";

/** More than this of a page is not read, in characters. */
export const maxHtml = 10_000_000;
/** Elements within elements; the parser takes time by their square. */
const maxDepth = 1_000;
const chunk = 16_384;
/** A longer line is broken, wherever it is. */
const longestLine = 200_000;

/**
 * The lines of the article on a page: its main part, without navigation, forms, banners and what is related. A page
 * that this leaves nearly empty (markup too broken, or unlike any known) is read again whole.
 */
export function readHtml(html: string): Line[] {
  return atOnce(readHtmlInSteps(html));
}

/** The same with a pause at every chunk. */
export function* readHtmlInSteps(html: string): Generator<void, Line[]> {
  const bounded = html.slice(0, maxHtml);
  const chosen = yield* new Page(true).read(bounded);
  if (chosen === null) return readLines(withoutTags(bounded));
  if (sizeOf(chosen) >= 400) return chosen;
  const whole = (yield* new Page(false).read(bounded)) ?? [];
  return sizeOf(whole) > 4 * sizeOf(chosen) ? whole : chosen;
}

type Region = { rank: number; start: number; end: number };
type Open = { name: string; dropped: boolean; region: Region | null };

/** What an event-driven parser says, gathered in one pass and without a tree: depth costs nothing. */
class Page {
  readonly #strict: boolean;
  readonly #lines: Line[] = [];
  readonly #open: Open[] = [];
  readonly #regions: Region[] = [];
  #text: string[] = [];
  #length = 0;
  #spaced = true;
  #dropped = 0;
  #code = 0;
  #level = 0;
  #row = 0;
  #link: { href: string; at: number } | null = null;

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** null for a page nested too deeply. */
  *read(html: string): Generator<void, Line[] | null> {
    const parser = new Parser(
      {
        onopentag: (name, attributes) => this.#enter(name, attributes),
        ontext: (text) => this.#say(text),
        onclosetag: (name) => this.#leave(name),
      },
      { decodeEntities: true, lowerCaseTags: true },
    );
    for (let at = 0; at < html.length; at += chunk) {
      parser.write(html.slice(at, at + chunk));
      if (this.#open.length > maxDepth) return null;
      yield;
    }
    parser.end();
    this.#endLine();
    return this.#mainPart();
  }

  #enter(name: string, attributes: Readonly<Record<string, string>>): void {
    if (blocks.has(name)) this.#endLine();
    const dropped = neverText.has(name) || (this.#strict && this.#isBoilerplate(name, attributes));
    const region = dropped || this.#dropped > 0 ? null : this.#regionOf(name, attributes);
    if (!paragraphless.has(name)) this.#open.push({ name, dropped, region });
    if (dropped) this.#dropped += 1;
    if (this.#dropped > 0) return;
    this.#begin(name, attributes.href ?? "");
    const mail = attributes["data-cfemail"];
    if (mail !== undefined) this.#add(decodeMail(mail));
  }

  /** What an element says of the text in it, or puts before that. */
  #begin(name: string, href: string): void {
    if (/^h[1-6]$/.test(name)) this.#level = Number(name[1]);
    else if (name === "pre") this.#code += 1;
    else if (name === "tr") this.#row += 1;
    else if ((name === "td" || name === "th") && this.#length > 0) this.#add("\t");
    else if (name === "li") this.#add("- ");
    else if (name === "a") this.#link = { href, at: this.#text.length };
  }

  #leave(name: string): void {
    const left = this.#open.at(-1)?.name === name ? this.#open.pop() : undefined;
    if (name === "a" && this.#link) this.#unfold(this.#link);
    if (blocks.has(name)) this.#endLine();
    if (left?.region) left.region.end = this.#lines.length;
    if (left?.dropped) this.#dropped -= 1;
    if (this.#dropped > 0) return;
    if (/^h[1-6]$/.test(name)) this.#level = 0;
    else if (name === "pre") this.#code = Math.max(0, this.#code - 1);
    else if (name === "tr") this.#row = Math.max(0, this.#row - 1);
  }

  #say(text: string): void {
    if (this.#dropped > 0) return;
    if (this.#code === 0) {
      const said = text.replace(/[ \t\r\n\f]+/g, " ");
      this.#add(this.#spaced && said.startsWith(" ") ? said.slice(1) : said);
      return;
    }
    const parts = cleanText(text).split("\n");
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.#endLine();
      this.#add(part);
    }
  }

  #add(text: string): void {
    if (text === "") return;
    this.#text.push(text);
    this.#length += text.length;
    this.#spaced = text.endsWith(" ") || text.endsWith("\t");
    if (this.#length > longestLine) this.#endLine();
  }

  /** Sites shorten the text of long links; the address then has the rest. */
  #unfold(link: { href: string; at: number }): void {
    this.#link = null;
    const shown = this.#text.slice(link.at).join("").trim();
    const stem = shown.replace(/(?:…|\.{3,10})$/, "");
    if (stem === shown || stem.length < 4) return;
    const at = link.href.indexOf(stem);
    if (at >= 0 && at <= 8) this.#text.splice(link.at, Number.POSITIVE_INFINITY, ` ${link.href} `);
  }

  #endLine(): void {
    const text = cleanText(this.#text.join(""));
    this.#text = [];
    this.#length = 0;
    this.#spaced = true;
    const line = this.#code > 0 ? text.trimEnd() : betweenTabs(text).trim();
    if (line === "" || line === "-") return;
    if (this.#level > 0) this.#lines.push({ text: line, kind: "heading", level: this.#level });
    else this.#lines.push({ text: line, kind: this.#code > 0 ? "code" : this.#row > 0 ? "row" : "text" });
  }

  #isBoilerplate(name: string, attributes: Readonly<Record<string, string>>): boolean {
    if (boilerplate.outside.has(name))
      return !this.#open.some(({ region }) => region !== null && region.rank <= article);
    // A heading may be the button that unfolds what it announces.
    if (name === "button") return this.#level === 0;
    if (boilerplate.tags.has(name) || boilerplate.roles.has(attributes.role ?? "")) return true;
    if (name === "body" || name === "html" || name === "main" || name === "article") return false;
    return isNamed(attributes, boilerplate.names);
  }

  #regionOf(name: string, attributes: Readonly<Record<string, string>>): Region | null {
    const rank = contentMarks.findIndex((isContent) => isContent(name, attributes));
    if (rank < 0) return null;
    const region = { rank, start: this.#lines.length, end: this.#lines.length };
    this.#regions.push(region);
    return region;
  }

  /** The best marked region that holds a fair share of what the page says; else all of it. */
  #mainPart(): Line[] {
    if (!this.#strict) return this.#lines;
    const total = sizeOf(this.#lines);
    const sums = [0];
    for (const line of this.#lines) sums.push((sums.at(-1) ?? 0) + line.text.length);
    const sized = this.#regions.map((region) => ({
      region,
      size: (sums[region.end] ?? 0) - (sums[region.start] ?? 0),
    }));
    const worthy = sized.filter(({ size }) => size >= 400 && size >= total / 3);
    worthy.sort((a, b) => a.region.rank - b.region.rank || b.size - a.size);
    const best = worthy[0]?.region;
    return best ? this.#lines.slice(best.start, best.end) : this.#lines;
  }
}

/** Without the blanks around tabs. */
function betweenTabs(text: string): string {
  if (!text.includes("\t")) return text;
  const cells = text.split("\t").map((cell) => cell.trim());
  return cells.join("\t");
}

function sizeOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.text.length, 0);
}

function withoutTags(html: string): string {
  return html.replace(/<[^<>]{0,2000}>/g, "\n");
}

/** Cloudflare hides addresses from harvesters: the first byte is the key, XORed with each that follows. */
function decodeMail(hex: string): string {
  const bytes = (hex.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
  const [key = 0, ...rest] = bytes;
  return String.fromCharCode(...rest.slice(0, 320).map((byte) => byte ^ key));
}
