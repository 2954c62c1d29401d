import { createQueryCursor } from "../lib";
import type { IocFilterInput } from "./filter";

/** A place in the order of lists: after the row with this time and id. */
export type Position = { readonly updatedAt: Date; readonly id: string };

const cursor = createQueryCursor({ ranked: false, otherQuery: "was made with other filters" });

/** An opaque cursor for a place in the list that these filters make. */
export function encodeCursor({ updatedAt, id }: Position, filters: IocFilterInput): string {
  return cursor.encode({ rank: 0, time: updatedAt, id }, askedOf(filters));
}

/** The place that a cursor names, or why it names none here. */
export function decodeCursor(
  text: string,
  filters: IocFilterInput,
): { ok: true; position: Position } | { ok: false; problem: string } {
  const decoded = cursor.decode(text, askedOf(filters));
  return decoded.ok ? { ok: true, position: { updatedAt: decoded.place.time, id: decoded.place.id } } : decoded;
}

/** The filters as they were asked for: the lookback moves on while someone pages. */
function askedOf(input: IocFilterInput): unknown[] {
  return [
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
}
