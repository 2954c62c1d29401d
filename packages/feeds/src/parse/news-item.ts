import type { ArticleDraft } from "@tocsin/core/articles";
import type { ParsedArticle } from "../definition/layout";
import { badRow } from "./parsed";
import { anyTime } from "./times";

/** What an item holds before it is known to be one; `html` fields may hold markup. */
export type RawItem = {
  line: number;
  /** Relative ones too. */
  links: Ranked[];
  title: string;
  summary: string;
  body: string;
  images: string[];
  dates: Ranked[];
};

/** One of several that an item may give; the one of the least rank counts. */
type Ranked = { rank: number; text: string };

export function emptyItem(line: number): RawItem {
  return { line, links: [], title: "", summary: "", body: "", images: [], dates: [] };
}

/** No feed of news has more. */
export const mostItems = 5_000;
/** A summary of at least so many characters is the article itself. */
const wholeText = 1_500;
const longestTitle = 2_000;

/** Whether an item says so little that its page is worth reading. */
export function isTeaser({ summary, body }: ArticleDraft): boolean {
  return (body ?? summary).replace(/<[^<>]*>/g, "").trim().length < wholeText;
}

/** The article of an item, or why it is none. `base` is what relative addresses start from. */
export function articleOf(item: RawItem, base: string): ParsedArticle {
  const title = item.title.trim().slice(0, longestTitle);
  const summary = item.summary.trim();
  const body = item.body.trim();
  const shown = title || summary || body;
  const url = ranked(item.links)
    .map((link) => webUrl(link, base))
    .find((link) => link !== null);
  if (!url) return badRow(item.line, shown, "the item has no link to a web page");
  if (shown === "") return badRow(item.line, url, "the item has neither a title nor a text");
  const whole = body || (summary.length >= wholeText ? summary : "");
  const article: ArticleDraft = {
    url,
    title,
    summary: whole === summary ? "" : summary,
    body: whole === "" ? null : whole,
    imageUrl: item.images.map((link) => webUrl(link, base)).find((link) => link !== null) ?? null,
    publishedAt:
      ranked(item.dates)
        .map(anyTime)
        .find((date) => date !== null) ?? null,
  };
  return { line: item.line, article, text: shown.slice(0, 200) };
}

function ranked(texts: readonly Ranked[]): string[] {
  return texts.toSorted((a, b) => a.rank - b.rank).map(({ text }) => text);
}

/** Absolute, and of the web; null for the rest. */
export function webUrl(text: string, base: string): string | null {
  const link = text.trim();
  if (link === "" || link.length > 4_000 || !URL.canParse(link, base)) return null;
  const url = new URL(link, base);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}
