import type { Format } from "@tocsin/core/access";
import type { IocRecord } from "@tocsin/core/iocs";

/** What a document says of the instance that wrote it, and when. */
export type About = { readonly instanceName: string; readonly now: Date };

/** Pages of records, as core streams them. */
export type Pages = AsyncIterable<readonly IocRecord[]>;

/** One way of writing IOCs down. */
export type DocumentFormat = {
  readonly id: Format;
  readonly contentType: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  /** Yields about one chunk a page and holds no more than one page, whatever the size of the document. */
  readonly write: (pages: Pages, about: About) => AsyncIterable<string>;
};
