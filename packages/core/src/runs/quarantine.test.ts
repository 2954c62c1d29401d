import { describe, expect, it } from "vitest";
import { decideQuarantine, type Reading, usualOf, withReading } from "./quarantine";

const fine = { unfit: 0, sampled: 1_000 };
const thousand: readonly Reading[] = [
  [1_000, 0],
  [1_010, 0.01],
  [990, 0],
];
const held = (records: number, readings: readonly Reading[] = thousand, figures = fine) =>
  decideQuarantine({ records, ...figures }, usualOf(readings, []), null);

describe("a file that grew", () => {
  it("is quarantined when it has more than ten times the usual and ten thousand above", () => {
    expect(held(1_000_000)).toEqual(["growth"]);
    expect(held(11_001)).toEqual(["growth"]);
    expect(held(11_000)).toEqual([]);
    expect(held(9_900, [[5, 0]])).toEqual([]);
    expect(held(10_006, [[5, 0]])).toEqual(["growth"]);
    expect(held(999_999, [[100_000, 0]])).toEqual([]);
  });

  it("is measured by the median of its readings, of two by the lesser", () => {
    expect(
      held(50_000, [
        [1_000, 0],
        [1_000, 0],
        [60_000, 0],
      ]),
    ).toEqual(["growth"]);
    expect(
      held(50_000, [
        [60_000, 0],
        [60_000, 0],
        [1_000, 0],
      ]),
    ).toEqual([]);
    expect(
      held(50_000, [
        [1_000, 0],
        [60_000, 0],
      ]),
    ).toEqual(["growth"]);
  });

  it("is never quarantined the first time", () => {
    expect(held(5_000_000, [])).toEqual([]);
  });

  it("is measured by its largest sibling when it is new", () => {
    const siblings: readonly (readonly Reading[])[] = [[], [[10, 0]], [[2_000, 0]]];
    const records = (count: number) => decideQuarantine({ records: count, ...fine }, usualOf([], siblings), null);
    expect(records(15_000)).toEqual([]);
    expect(records(500_000)).toEqual(["growth"]);
  });

  it("may shrink to nothing", () => {
    expect(held(1, [[100_000, 0]])).toEqual([]);
    expect(held(0)).toEqual([]);
  });
});

describe("a file that turned bad", () => {
  const share = (unfit: number, records = 1_000, readings = thousand) =>
    held(records, readings, { unfit, sampled: 1_000 });

  it("is quarantined when the share of what would not be kept rises by thirty points", () => {
    expect(share(299)).toEqual([]);
    expect(share(301)).toEqual(["unfit"]);
    expect(share(900, 50_000)).toEqual(["growth", "unfit"]);
  });

  it("may always have been bad", () => {
    expect(share(700, 1_000, [[1_000, 0.5]])).toEqual([]);
    expect(share(810, 1_000, [[1_000, 0.5]])).toEqual(["unfit"]);
  });

  it("is let through when only a few records are bad", () => {
    expect(held(30, [[30, 0]], { unfit: 19, sampled: 30 })).toEqual([]);
    expect(held(30, [[30, 0]], { unfit: 20, sampled: 30 })).toEqual(["unfit"]);
  });
});

describe("a feed of news", () => {
  const news = (records: number, unfit = 0, usual = { records: 20, unfitShare: 0 }) =>
    decideQuarantine({ records, unfit, sampled: records }, usual, null, "articles");

  it("is quarantined when it has more than ten times the usual items and two hundred above", () => {
    expect(news(220)).toEqual([]);
    expect(news(221)).toEqual(["growth"]);
    expect(news(600, 0, { records: 60, unfitShare: 0 })).toEqual([]);
  });

  it("is quarantined when half more of it than usual is unfit, five items at least", () => {
    expect(news(10, 4)).toEqual([]);
    expect(news(10, 5)).toEqual(["unfit"]);
    expect(news(4, 4)).toEqual([]);
    expect(news(10, 10, { records: 10, unfitShare: 0.6 })).toEqual([]);
  });
});

describe("what an operator accepted", () => {
  const usual = usualOf(thousand, []);
  const accepted = { records: 40_000, unfit_percent: 10 };

  it("comes through, a little larger too, but not ten times so", () => {
    expect(decideQuarantine({ records: 40_000, ...fine }, usual, accepted)).toEqual([]);
    expect(decideQuarantine({ records: 60_000, ...fine }, usual, accepted)).toEqual([]);
    expect(decideQuarantine({ records: 1_000_000, ...fine }, usual, accepted)).toEqual(["growth"]);
  });

  it("is usual when it was accepted twice", () => {
    const once = withReading(thousand, { records: 40_000, ...fine }, true);
    expect(once).toEqual([
      [990, 0],
      [40_000, 0],
    ]);
    expect(held(40_000, once)).toEqual(["growth"]);
    const twice = withReading(once, { records: 40_000, ...fine }, true);
    expect(held(40_000, twice)).toEqual([]);
  });

  it("leaves the last seven readings otherwise", () => {
    const many: Reading[] = Array.from({ length: 7 }, (_, i) => [i, 0]);
    expect(withReading(many, { records: 7, unfit: 1, sampled: 3 }, false)).toEqual([...many.slice(1), [7, 0.333]]);
  });

  it("says nothing of what it did not have", () => {
    expect(decideQuarantine({ records: 40_000, unfit: 800, sampled: 1_000 }, usual, accepted)).toEqual(["unfit"]);
  });
});
