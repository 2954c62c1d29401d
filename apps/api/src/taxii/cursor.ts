import { createHmac, timingSafeEqual } from "node:crypto";
import type { Peppers } from "@tocsin/core/context";
import type { DateAdded } from "@tocsin/core/taxii";

/** The filters of a walk in the client's own words. */
export type Filters = Readonly<Record<string, string>>;
export type Cursor = { readonly of: string; readonly after: DateAdded; readonly filters: Filters };

const tagLength = 16;

/** An opaque and signed place: `of` what (a collection, an object of it), after which object, with which filters. */
export function encodeCursor({ of, after, filters }: Cursor, keys: Peppers): string {
  const body = Buffer.from(JSON.stringify([of, after, filters]));
  const key = keys.byId.get(keys.current);
  if (!key) throw new Error("the current pepper is missing");
  return Buffer.concat([tagOf(body, key), body]).toString("base64url");
}

/** What `encodeCursor` wrote under any of the keys; null for anything else. */
export function decodeCursor(text: string, keys: Peppers): Cursor | null {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length <= tagLength || bytes.toString("base64url") !== text) return null;
  const [tag, body] = [bytes.subarray(0, tagLength), bytes.subarray(tagLength)];
  if (![...keys.byId.values()].some((key) => timingSafeEqual(tag, tagOf(body, key)))) return null;
  const [of, after, filters] = JSON.parse(body.toString()) as [string, DateAdded, Filters];
  return { of, after, filters };
}

function tagOf(body: Buffer, key: Uint8Array): Buffer {
  return createHmac("sha256", key).update("tocsin taxii cursor\n").update(body).digest().subarray(0, tagLength);
}
