// Cursors of lists: where a page ended, in a text that a client sends back. Clients keep them, and nodes of two
// versions may read each other's: the texts stay as they are, and a new form is a new version.
import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { invalidParameter, isUuid } from "../errors";

/** The row that a page ended with. `rank` is what a list goes by before time, from 0 to 255; 0 where it goes by none. */
export type Place = { readonly rank: number; readonly time: Date; readonly id: string };
export type DecodedPlace = { ok: true; place: Place } | { ok: false; problem: string };

/** An opaque text for a place in the list that one query makes; it names no place in that of another. */
export type QueryCursor = {
  /** `asked`: the query as it was asked for, in an order of its own. */
  encode: (place: Place, asked: readonly unknown[]) => string;
  decode: (text: string, asked: readonly unknown[]) => DecodedPlace;
};

const version = 1;
/** In bytes; the rank has one where there is one. */
const lengths = { version: 1, time: 6, id: 16, query: 8 } as const;
/** Later than this PostgreSQL has years that JavaScript prints with a sign. */
const latest = Date.UTC(9999, 11);

/** `ranked`: whether the list goes by a rank. `otherQuery`: what is said of a cursor that was made by another query. */
export function createQueryCursor({ ranked, otherQuery }: { ranked: boolean; otherQuery: string }): QueryCursor {
  const timeAt = lengths.version + (ranked ? 1 : 0);
  const idAt = timeAt + lengths.time;
  const queryAt = idAt + lengths.id;
  return {
    encode: ({ rank, time, id }, asked) => {
      const head = Buffer.alloc(idAt);
      head.writeUInt8(version);
      if (ranked) head.writeUInt8(rank, lengths.version);
      head.writeUIntBE(time.getTime(), timeAt, lengths.time);
      const idBytes = Buffer.from(id.replaceAll("-", ""), "hex");
      return Buffer.concat([head, idBytes, queryHash(asked)]).toString("base64url");
    },
    decode: (text, asked) => {
      const bytes = bytesOf(text);
      if (bytes?.length !== queryAt + lengths.query || bytes.readUInt8() !== version) return foreign;
      if (!bytes.subarray(queryAt).equals(queryHash(asked))) return { ok: false, problem: otherQuery };
      const time = new Date(bytes.readUIntBE(timeAt, lengths.time));
      if (time.getTime() > latest) return foreign;
      const id = bytes.toString("hex", idAt, queryAt).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
      return { ok: true, place: { rank: ranked ? bytes.readUInt8(lengths.version) : 0, time, id } };
    },
  };
}

const foreign = { ok: false as const, problem: "is not a cursor of this list" };

function queryHash(asked: readonly unknown[]): Buffer {
  return Buffer.from(hash("sha256", JSON.stringify(asked), "hex").slice(0, 2 * lengths.query), "hex");
}

/** A place in a list that goes by time and id, in plain text: milliseconds since 1970, a mark, the row's UUID. */
export type TimeCursor = {
  write: (at: Date, id: string) => string;
  /** Throws `invalid_parameter` of `cursor`. */
  read: (text: string) => { at: Date; id: string };
};

export function createTimeCursor(mark: "." | "_" = "."): TimeCursor {
  return {
    write: (at, id) => `${at.getTime()}${mark}${id}`,
    read: (text) => {
      const end = text.indexOf(mark);
      const [time, id] = [text.slice(0, Math.max(end, 0)), text.slice(end + 1)];
      if (!/^[0-9]{1,15}$/.test(time) || Number(time) > latest || !isUuid(id)) throw notACursor();
      return { at: new Date(Number(time)), id };
    },
  };
}

/** A place in a list that goes by a row's number: that number. Throws `invalid_parameter` of `cursor`. */
export function readNumberCursor(text: string): bigint {
  if (!/^[0-9]{1,18}$/.test(text)) throw notACursor();
  return BigInt(text);
}

function notACursor() {
  return invalidParameter({ field: "cursor", problem: "is not a cursor", allowed: "meta.next_cursor of a page" });
}

/** HMAC keys by id: what is written is signed with the current one, what is read may be signed with any. */
type Keys = { readonly current: string; readonly byId: ReadonlyMap<string, Uint8Array> };

/** A cursor that holds anything which JSON can, signed, so that what is read is what was written here. */
export type SignedCursor<T> = {
  encode: (value: T, keys: Keys) => string;
  /** Null for what was not written here under any of the keys. */
  decode: (text: string, keys: Keys) => T | null;
};

const tagLength = 16;

/** `purpose` keeps the cursors of one list from being read by another. */
export function createSignedCursor<T>(purpose: string): SignedCursor<T> {
  const tagOf = (body: Buffer, key: Uint8Array) =>
    createHmac("sha256", key).update(`${purpose}\n`).update(body).digest().subarray(0, tagLength);
  return {
    encode: (value, keys) => {
      const body = Buffer.from(JSON.stringify(value));
      const key = keys.byId.get(keys.current);
      if (!key) throw new Error(`the current key is missing: ${keys.current}`);
      return Buffer.concat([tagOf(body, key), body]).toString("base64url");
    },
    decode: (text, keys) => {
      const bytes = bytesOf(text);
      if (bytes === null || bytes.length <= tagLength) return null;
      const [tag, body] = [bytes.subarray(0, tagLength), bytes.subarray(tagLength)];
      if (![...keys.byId.values()].some((key) => timingSafeEqual(tag, tagOf(body, key)))) return null;
      return JSON.parse(body.toString()) as T;
    },
  };
}

/** Null for what is no base64url, or is not written as it would be here. */
function bytesOf(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}
