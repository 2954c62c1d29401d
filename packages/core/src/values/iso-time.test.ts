import fc from "fast-check";
import { expect, it } from "vitest";
import { isoTime } from "./iso-time";

it("writes what toISOString writes, for every time that there is", () => {
  fc.assert(fc.property(fc.date({ noInvalidDate: true }), (date) => isoTime(date) === date.toISOString()));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => isoTime(new Date(ms)) === new Date(ms).toISOString()),
  );
});

it("refuses what is no time, as toISOString does", () => {
  expect(() => isoTime(new Date(Number.NaN))).toThrow(RangeError);
});
