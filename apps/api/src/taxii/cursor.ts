import type { Peppers } from "@tocsin/core/context";
import { createSignedCursor } from "@tocsin/core/lib";
import type { DateAdded } from "@tocsin/core/taxii";

/** The filters of a walk in the client's own words. */
export type Filters = Readonly<Record<string, string>>;
export type Cursor = { readonly of: string; readonly after: DateAdded; readonly filters: Filters };

const cursor = createSignedCursor<readonly [string, DateAdded, Filters]>("tocsin taxii cursor");

/** An opaque and signed place: `of` what (a collection, an object of it), after which object, with which filters. */
export function encodeCursor({ of, after, filters }: Cursor, keys: Peppers): string {
  return cursor.encode([of, after, filters], keys);
}

/** What `encodeCursor` wrote under any of the keys; null for anything else. */
export function decodeCursor(text: string, keys: Peppers): Cursor | null {
  const [of, after, filters] = cursor.decode(text, keys) ?? [];
  return of === undefined || after === undefined || filters === undefined ? null : { of, after, filters };
}
