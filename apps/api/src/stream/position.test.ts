import { expect, it } from "vitest";
import { placeOf, sequenceOf } from "./position";

it.each([
  ["2026-11-21T09:30:00.000001Z", "1795253400000001"],
  ["2026-11-21T09:30:00.999999Z", "1795253400999999"],
  ["1970-01-01T00:00:00.000000Z", "0"],
])("%s is the sequence number %s", (place, sequence) => {
  expect(sequenceOf(place)).toBe(sequence);
  expect(placeOf(sequence)).toBe(place);
});
