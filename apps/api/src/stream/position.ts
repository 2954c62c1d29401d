import type { DateAdded } from "@tocsin/core/taxii";

/** The sequence number of a place: microseconds since 1970, which grow in the order in which changes become visible. */
export function sequenceOf(dateAdded: DateAdded): string {
  return String(BigInt(Date.parse(`${dateAdded.slice(0, 23)}Z`)) * 1_000n + BigInt(dateAdded.slice(23, 26)));
}

/** The place of a sequence number of ours. */
export function placeOf(sequence: string): DateAdded {
  const all = BigInt(sequence);
  return `${new Date(Number(all / 1_000n)).toISOString().slice(0, 23)}${String(all % 1_000n).padStart(3, "0")}Z`;
}
