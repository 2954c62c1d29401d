// RFC 4180: CSV.
import type { IocRecord } from "@tocsin/core/iocs";
import type { DocumentFormat, Pages } from "../format";
import { csvRow } from "./cell";

const columns = {
  id: (ioc) => ioc.id,
  type: (ioc) => ioc.type,
  value: (ioc) => ioc.value,
  confidence: (ioc) => ioc.confidence,
  first_seen: (ioc) => ioc.firstSeen.toISOString(),
  last_seen: (ioc) => ioc.lastSeen.toISOString(),
  // The title of the article that named the value; what a feed reported has none.
  source_article: () => "",
  source_feed: (ioc) => ioc.feedName,
  category: (ioc) => ioc.category,
  // The separator inside a tag would make two of it.
  tags: (ioc) => ioc.tags.map((tag) => tag.replaceAll(";", ",")).join(";"),
} satisfies Record<string, (ioc: IocRecord) => string>;

const cells = Object.values(columns);

export const csv: DocumentFormat<"csv"> = {
  id: "csv",
  contentType: "text/csv; charset=utf-8; header=present",
  extension: "csv",
  write,
};

async function* write(pages: Pages): AsyncGenerator<string> {
  yield csvRow(Object.keys(columns));
  for await (const page of pages) {
    if (page.length > 0) yield page.map((ioc) => csvRow(cells.map((cell) => cell(ioc)))).join("");
  }
}
