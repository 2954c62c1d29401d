// JSON Feed 1.0 and 1.1: https://www.jsonfeed.org/version/1.1/
import { escapeText } from "entities";
import { BodyError } from "../definition/layout";
import { emptyItem, mostItems, type RawItem } from "./news-item";

type Fields = Readonly<Record<string, unknown>>;

/** The items of a feed; null for a text that is not JSON to its end. Throws BodyError for too many. */
export function readNewsJson(text: string): RawItem[] | null {
  const document = parse(text);
  if (document === undefined) return null;
  const items = isFields(document) && Array.isArray(document.items) ? document.items : [];
  if (items.length > mostItems) throw new BodyError(`the feed has more than ${mostItems} items`);
  return items.map((item: unknown, index) => itemOf(isFields(item) ? item : {}, index + 1));
}

function itemOf(fields: Fields, place: number): RawItem {
  const item = emptyItem(place);
  for (const [rank, name] of ["url", "external_url", "id"].entries()) {
    const text = said(fields[name]);
    if (text !== "" && (name !== "id" || /^https?:/i.test(text))) item.links.push({ rank, text });
  }
  item.title = escapeText(said(fields.title));
  item.summary = escapeText(said(fields.summary));
  item.body = said(fields.content_html) || paragraphs(said(fields.content_text));
  item.images = [said(fields.image), said(fields.banner_image)];
  item.dates = ["date_published", "date_modified"].map((name, rank) => ({ rank, text: said(fields[name]) }));
  return item;
}

function paragraphs(text: string): string {
  return text === "" ? "" : `<pre>${escapeText(text)}</pre>`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function said(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}
