// RFC 4180: CSV.
import { type IocRecord, rowFields } from "@tocsin/core/iocs";
import { isoTime } from "@tocsin/core/values";
import type { DocumentFormat } from "../format";
import { csvCell, csvRow } from "./cell";

const columns = [
  "id",
  "type",
  "value",
  "confidence",
  "first_seen",
  "last_seen",
  "source_article",
  "source_feed",
  "category",
  "tags",
] as const;

type Row = Pick<IocRecord, (typeof rowFields)[number]>;

/** One record; ids, times and the words of closed lists need no care. */
function rowOf(ioc: Row): string {
  // The title of the article that named the value; what a feed reported has none.
  const article = ioc.article === null ? "" : csvCell(ioc.article.title);
  const start = `${ioc.id},${ioc.type},${csvCell(ioc.value)},${ioc.confidence},${isoTime(ioc.firstSeen)}`;
  return `${start},${isoTime(ioc.lastSeen)},${article},${csvCell(ioc.feedName)},${ioc.category},${tagsCell(ioc.tags)}\r\n`;
}

/** The separator inside a tag would make two of it. */
function tagsCell(tags: readonly string[]): string {
  return csvCell(
    tags.some((tag) => tag.includes(";")) ? tags.map((tag) => tag.replaceAll(";", ",")).join(";") : tags.join(";"),
  );
}

export const csv: DocumentFormat<"csv"> = {
  id: "csv",
  contentType: "text/csv; charset=utf-8; header=present",
  extension: "csv",
  fields: rowFields,
  write,
};

async function* write(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  yield csvRow(columns);
  for await (const page of pages) {
    if (page.length > 0) yield page.map(rowOf).join("");
  }
}
