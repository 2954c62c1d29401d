import { expect, it } from "vitest";
import { attackSearch } from "./attack-search";
import { heatOf } from "./heat";

it("warms a technique by what is counted, and leaves it cold where nothing is", () => {
  expect(heatOf({ articles: 0, iocs: 0 }, "both")).toBe(0);
  expect(heatOf({ articles: 1, iocs: 0 }, "both")).toBe(2);
  expect(heatOf({ articles: 1, iocs: 0 }, "iocs")).toBe(0);
  expect(heatOf({ articles: 0, iocs: 7 }, "both")).toBe(1);
  expect(heatOf({ articles: 5, iocs: 7 }, "articles")).toBe(2);
  expect(heatOf({ articles: 0, iocs: 9_000_000 }, "both")).toBe(5);
});

it("reads the address of the matrix, and drops what it cannot mean", () => {
  expect(attackSearch({ matrix: "ics", heat: "iocs", q: " phish ", seen: "yes" })).toEqual({
    ...{ matrix: "ics", heat: "iocs", q: "phish", seen: "yes" },
  });
  expect(attackSearch({ matrix: "x", heat: 1, seen: "no" })).toEqual({});
});
