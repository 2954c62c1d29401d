import { type Category, type Confidence, confidences, type IocType, type Tlp } from "../values";
import { ownSource } from "./own-records";
import type { IocRecord } from "./record";

/** A field of a record: the expression over `ioc` that gives it as text or null, and what the text means. */
type Column<Value> = { readonly sql: string; readonly read: (text: string, feedNames: FeedNames) => Value };
export type RecordField = keyof IocRecord;
/** Names of feeds by their ids. */
export type FeedNames = Readonly<Record<string, string>>;

// Control characters, which no value, tag or note holds: whatever is written down is cleaned of them first.
const betweenFields = "\u001f";
const betweenWords = "\u001d";

// Milliseconds as an integer: the database takes long to write a fraction down.
const time = (column: string) => `(date_part('epoch', ${column}) * 1000)::int8`;
const dateOf = (text: string) => new Date(Number(text));
// What may be null is never the empty text.
const orNull = (text: string) => (text === "" ? null : text);
const dateOrNull = (text: string) => (text === "" ? null : dateOf(text));
const words = (column: string) => `array_to_string(${column}, E'\\x1d')`;
const wordsOf = (text: string) => (text === "" ? [] : text.split(betweenWords));
const plain = (text: string) => text;
const confidenceOf = (text: string): Confidence => confidences[Number(text) - 1] ?? "low";
const nameOf = (feedId: string, feedNames: FeedNames) =>
  feedId === ownSource.id ? ownSource.name : (feedNames[feedId] ?? feedId);
const categoryOf = (text: string) => (text || "threat-feed") as Category;
const textAt = (parts: readonly string[], at: number) => parts[at] ?? "";

const columns: { readonly [Field in RecordField]: Column<IocRecord[Field]> } = {
  id: { sql: "ioc.id", read: plain },
  type: { sql: "type", read: (text) => text as IocType },
  value: { sql: "value", read: plain },
  confidence: { sql: "confidence", read: confidenceOf },
  firstSeen: { sql: time("first_seen"), read: dateOf },
  lastSeen: { sql: time("last_seen"), read: dateOf },
  createdAt: { sql: time("created_at"), read: dateOf },
  updatedAt: { sql: time("updated_at"), read: dateOf },
  tags: { sql: words("tags"), read: wordsOf },
  mitreTechniques: { sql: words("mitre_techniques"), read: wordsOf },
  threatType: { sql: "threat_type", read: orNull },
  malwareFamily: { sql: "malware_family", read: orNull },
  tlp: { sql: "tlp", read: (text) => text as Tlp },
  riskScore: { sql: "risk_score", read: Number },
  sourcesCount: { sql: "sources_count", read: Number },
  feedId: { sql: "sources[1]", read: plain },
  feedName: { sql: "sources[1]", read: nameOf },
  category: { sql: "categories[1]", read: categoryOf },
  referenceUrl: { sql: "reference_url", read: orNull },
  context: { sql: "context", read: orNull },
  validUntil: { sql: time("valid_until"), read: dateOrNull },
  withdrawnAt: { sql: time("withdrawn_at"), read: dateOrNull },
  generation: { sql: "generation", read: Number },
  warnings: { sql: words("warnings"), read: wordsOf },
  article: {
    sql: `CASE WHEN article_id IS NOT NULL
      THEN (SELECT concat_ws(E'\\x1d', article.id, title, url) FROM article WHERE article.id = ioc.article_id) END`,
    read: articleOf,
  },
};

function articleOf(text: string): IocRecord["article"] {
  if (text === "") return null;
  const [id, title, url] = text.split(betweenWords);
  return id && title !== undefined && url !== undefined ? { id, title, url } : null;
}

export const allFields = Object.keys(columns) as RecordField[];

/**
 * A query whose one row holds a whole page as one text, and the feeds' names: a driver takes longer to read a field than
 * the database to find it. `from` is a FROM clause over `ioc`, or over a subquery of that name, and what follows it.
 * `clean`: without the separator inside of fields.
 */
export function pageQuery(from: string, fields: readonly RecordField[], clean: boolean): string {
  const texts = fields.map((field) => {
    const { sql } = columns[field];
    return clean ? `translate((${sql})::text, E'\\x1f', '')` : sql;
  });
  const names = fields.includes("feedName") ? "(SELECT jsonb_object_agg(id, name) FROM feed)" : "NULL::jsonb";
  return `SELECT ${names} AS feed_names, string_agg(line, E'\\x1f') AS text, count(*)::int AS n
    FROM (SELECT concat(${texts.join(", E'\\x1f', ")}) AS line ${from}) page`;
}

/** The row that `pageQuery` gives. */
export type PageText = { readonly text: string | null; readonly n: number; readonly feed_names: FeedNames | null };

/** A page taken apart: the texts of one record's fields after those of another, in the order of `fields`. */
export type PageParts = {
  readonly parts: readonly string[];
  readonly n: number;
  readonly fields: readonly RecordField[];
  readonly feedNames: FeedNames;
};

/** Null when a field contained the separator. One split of the whole is several times cheaper than one for each record. */
export function pageParts({ text, n, feed_names }: PageText, fields: readonly RecordField[]): PageParts | null {
  const parts = text === null ? [] : text.split(betweenFields);
  return parts.length === n * fields.length ? { parts, n, fields, feedNames: feed_names ?? {} } : null;
}

/** The records of a page; `fields`, of which nothing else is read, are those that the page begins its records with. */
export function readPage<Field extends RecordField>(
  page: PageParts,
  fields: readonly Field[],
): Pick<IocRecord, Field>[] {
  const { parts, feedNames } = page;
  const read = readerOf(fields);
  const records: Pick<IocRecord, Field>[] = [];
  for (let at = 0; at < parts.length; at += page.fields.length) records.push(read(parts, at, feedNames));
  return records;
}

/** A field of the last record of a page, which has one. */
export function readOfLast<Field extends RecordField>(page: PageParts, field: Field): IocRecord[Field] {
  const { parts, fields, feedNames } = page;
  return columns[field].read(textAt(parts, parts.length - fields.length + fields.indexOf(field)), feedNames);
}

/** A record whose fields' texts begin at `at`. */
type RecordReader<Field extends RecordField> = (
  parts: readonly string[],
  at: number,
  feedNames: FeedNames,
) => Pick<IocRecord, Field>;

/** An object that always gets the same properties in the same order is several times cheaper than one made name by name. */
function readerOf<Field extends RecordField>(fields: readonly Field[]): RecordReader<Field> {
  const isOf = (known: readonly RecordField[]) =>
    fields.length === known.length && fields.every((field, n) => field === known[n]);
  if (isOf(allFields)) return wholeRecord;
  if (isOf(rowFields)) return rowRecord as RecordReader<RecordField> as RecordReader<Field>;
  return (parts, at, feedNames) => {
    const record: Record<string, unknown> = {};
    // By index: an iterator would leave a pair behind for each field of each record.
    for (let n = 0; n < fields.length; n++) {
      const field = fields[n];
      if (field) record[field] = columns[field].read(textAt(parts, at + n), feedNames);
    }
    return record as Pick<IocRecord, Field>;
  };
}

/** What a table of IOCs shows: read for CSV, which is what most is exported as. */
export const rowFields = [
  "id",
  "type",
  "value",
  "confidence",
  "firstSeen",
  "lastSeen",
  "feedName",
  "category",
  "tags",
  "article",
] as const satisfies readonly RecordField[];

// Of the columns' readers the plain ones stand here again: a call through a table is not made part of its caller.
function rowRecord(
  parts: readonly string[],
  at: number,
  feedNames: FeedNames,
): Pick<IocRecord, (typeof rowFields)[number]> {
  return {
    id: textAt(parts, at),
    type: textAt(parts, at + 1) as IocType,
    value: textAt(parts, at + 2),
    confidence: confidenceOf(textAt(parts, at + 3)),
    firstSeen: dateOf(textAt(parts, at + 4)),
    lastSeen: dateOf(textAt(parts, at + 5)),
    feedName: nameOf(textAt(parts, at + 6), feedNames),
    category: categoryOf(textAt(parts, at + 7)),
    tags: wordsOf(textAt(parts, at + 8)),
    article: articleOf(textAt(parts, at + 9)),
  };
}

function wholeRecord(parts: readonly string[], at: number, feedNames: FeedNames): IocRecord {
  return {
    id: textAt(parts, at),
    type: textAt(parts, at + 1) as IocType,
    value: textAt(parts, at + 2),
    confidence: confidenceOf(textAt(parts, at + 3)),
    firstSeen: dateOf(textAt(parts, at + 4)),
    lastSeen: dateOf(textAt(parts, at + 5)),
    createdAt: dateOf(textAt(parts, at + 6)),
    updatedAt: dateOf(textAt(parts, at + 7)),
    tags: wordsOf(textAt(parts, at + 8)),
    mitreTechniques: wordsOf(textAt(parts, at + 9)),
    threatType: orNull(textAt(parts, at + 10)),
    malwareFamily: orNull(textAt(parts, at + 11)),
    tlp: textAt(parts, at + 12) as Tlp,
    riskScore: Number(textAt(parts, at + 13)),
    sourcesCount: Number(textAt(parts, at + 14)),
    feedId: textAt(parts, at + 15),
    feedName: nameOf(textAt(parts, at + 16), feedNames),
    category: categoryOf(textAt(parts, at + 17)),
    referenceUrl: orNull(textAt(parts, at + 18)),
    context: orNull(textAt(parts, at + 19)),
    validUntil: dateOrNull(textAt(parts, at + 20)),
    withdrawnAt: dateOrNull(textAt(parts, at + 21)),
    generation: Number(textAt(parts, at + 22)),
    warnings: wordsOf(textAt(parts, at + 23)),
    article: articleOf(textAt(parts, at + 24)),
  };
}
