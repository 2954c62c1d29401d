import { hash } from "node:crypto";
import type { IocFilterInput } from "./filter";

/** A place in the order of lists: after the row with this time and id. */
export type Position = { readonly updatedAt: Date; readonly id: string };

const version = 1;
// Version, milliseconds, UUID, the filters' hash.
const lengths = { version: 1, time: 6, id: 16, filters: 8 } as const;
const total = lengths.version + lengths.time + lengths.id + lengths.filters;

/** An opaque cursor for a place in the list that these filters make. */
export function encodeCursor({ updatedAt, id }: Position, filters: IocFilterInput): string {
  const bytes = Buffer.alloc(lengths.version + lengths.time);
  bytes.writeUInt8(version);
  bytes.writeUIntBE(updatedAt.getTime(), lengths.version, lengths.time);
  return Buffer.concat([bytes, Buffer.from(id.replaceAll("-", ""), "hex"), hashOf(filters)]).toString("base64url");
}

/** The place that a cursor names, or why it names none here. */
export function decodeCursor(
  text: string,
  filters: IocFilterInput,
): { ok: true; position: Position } | { ok: false; problem: string } {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== total || bytes.toString("base64url") !== text || bytes.readUInt8() !== version) {
    return { ok: false, problem: "is not a cursor of this list" };
  }
  if (!bytes.subarray(-lengths.filters).equals(hashOf(filters))) {
    return { ok: false, problem: "was made with other filters" };
  }
  const updatedAt = new Date(bytes.readUIntBE(lengths.version, lengths.time));
  // The last six-byte number is a year that PostgreSQL has but JavaScript prints with a sign.
  if (updatedAt.getTime() > Date.UTC(9999, 11)) return { ok: false, problem: "is not a cursor of this list" };
  const hex = bytes.toString("hex", lengths.version + lengths.time, total - lengths.filters);
  return { ok: true, position: { updatedAt, id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") } };
}

/** Of the filters as they were asked for: the lookback moves on while someone pages. */
function hashOf(input: IocFilterInput): Buffer {
  const asked = [
    input.type?.toSorted() ?? null,
    input.category?.toSorted() ?? null,
    input.confidence?.toSorted() ?? null,
    input.industry ?? null,
    input.since?.getTime() ?? null,
    input.until?.getTime() ?? null,
    input.source ?? null,
    input.tag ?? null,
    input.min_risk ?? null,
    input.include_false_positives,
  ];
  return Buffer.from(hash("sha256", JSON.stringify(asked), "hex").slice(0, 2 * lengths.filters), "hex");
}
