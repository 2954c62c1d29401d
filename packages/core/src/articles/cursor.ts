import { hash } from "node:crypto";
import type { ArticleSort, ListArticlesInput } from "./shape";

/** A place in the order of a list: after the article with these. `score` counts where the list goes by severity. */
export type ArticlePosition = { readonly score: number; readonly time: Date; readonly id: string };

const version = 1;
// Version, tenths of a score, milliseconds, UUID, the query's hash.
const lengths = { version: 1, score: 1, time: 6, id: 16, query: 8 } as const;
const head = lengths.version + lengths.score + lengths.time;
const total = head + lengths.id + lengths.query;

/** An opaque cursor for a place in the list that this query makes. */
export function encodeArticleCursor({ score, time, id }: ArticlePosition, input: ListArticlesInput): string {
  const bytes = Buffer.alloc(head);
  bytes.writeUInt8(version);
  bytes.writeUInt8(Math.round(score * 10), lengths.version);
  bytes.writeUIntBE(time.getTime(), lengths.version + lengths.score, lengths.time);
  return Buffer.concat([bytes, Buffer.from(id.replaceAll("-", ""), "hex"), hashOf(input)]).toString("base64url");
}

export type DecodedCursor = { ok: true; position: ArticlePosition } | { ok: false; problem: string };

/** The place that a cursor names, or why it names none here. */
export function decodeArticleCursor(text: string, input: ListArticlesInput): DecodedCursor {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== total || bytes.toString("base64url") !== text || bytes.readUInt8() !== version) {
    return { ok: false, problem: "is not a cursor of this list" };
  }
  if (!bytes.subarray(-lengths.query).equals(hashOf(input))) {
    return { ok: false, problem: "was made with another query" };
  }
  const time = new Date(bytes.readUIntBE(lengths.version + lengths.score, lengths.time));
  // The last six-byte number is a year that PostgreSQL has but JavaScript prints with a sign.
  if (time.getTime() > Date.UTC(9999, 11)) return { ok: false, problem: "is not a cursor of this list" };
  const hex = bytes.toString("hex", head, head + lengths.id);
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { ok: true, position: { score: bytes.readUInt8(lengths.version) / 10, time, id } };
}

/** The column that a list goes by, beside the score. */
export function timeColumnOf(sort: ArticleSort): "published_at" | "modified_at" {
  return sort === "modified:desc" ? "modified_at" : "published_at";
}

/** Of the query as it was asked: the lookback moves on while someone pages. What is shown of an article does not count. */
function hashOf(input: ListArticlesInput): Buffer {
  const asked = [
    input.q ?? null,
    input.category?.toSorted() ?? null,
    input.severity?.toSorted() ?? null,
    input.min_severity ?? null,
    input.since?.getTime() ?? null,
    input.modified_since?.getTime() ?? null,
    input.time_field,
    input.sort,
    input.has_iocs ?? null,
    input.threat_actor?.toLowerCase() ?? null,
    (input.industry ?? input.industry_tags)?.toSorted() ?? null,
    input.mitre_technique ?? null,
    input.source ?? null,
  ];
  return Buffer.from(hash("sha256", JSON.stringify(asked), "hex").slice(0, 2 * lengths.query), "hex");
}
