import type { Format } from "@tocsin/core/access";
import type { IocRecord, RecordField } from "@tocsin/core/iocs";
import type { IocType } from "@tocsin/core/values";
import type { z } from "zod";

/** What a document says of the instance that wrote it, when, and of what was asked for. */
export type About = {
  readonly instanceName: string;
  readonly now: Date;
  /** The filters in one canonical spelling: the same text gives the document the same ids. */
  readonly selection?: string;
};

/** Pages of records, as core streams them. */
export type Pages = AsyncIterable<readonly IocRecord[]>;

/** A way of writing IOCs down with everything decided. */
export type Document = {
  readonly contentType: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  /** The types that it holds, where it is made for some only: so that a limit counts what it writes. */
  readonly types?: readonly IocType[];
  /** What it reads of a record, where that is not all: nothing else need be fetched. */
  readonly fields?: readonly RecordField[];
  /** Whether it can say that an IOC is revoked: then a delta brings what has been withdrawn. */
  readonly revokes?: true;
  /** Yields about one chunk a page and holds no more than one page, whatever the size of the document. */
  readonly write: (pages: Pages, about: About) => AsyncIterable<string>;
};

/** A format by the name that requests give it; by itself it is the document that its default options make. */
export type DocumentFormat<Id extends string = Format> = Document & { readonly id: Id };

/** A format that a request may say more of than its name. */
export type OptionedFormat<Id extends string, Options extends z.ZodObject> = DocumentFormat<Id> & {
  /** The options in the wire's names, each with a default, as a query string holds them. */
  readonly options: Options;
  readonly documentOf: (options: z.output<Options>) => Document;
};

/** A format from its options and what they decide. */
export function optionedFormat<const Id extends string, Options extends z.ZodObject>(
  id: Id,
  options: Options,
  documentOf: (options: z.output<Options>) => Document,
): OptionedFormat<Id, Options> {
  return { ...documentOf(options.parse({})), id, options, documentOf };
}
