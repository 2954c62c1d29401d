import { describe, expect, it } from "vitest";
import { factorSpans, factorSum } from "./factor-spans";

const factor = (weight: number) => ({ name: `f${weight}`, weight, why: "" });

describe("the factors of a score", () => {
  it.each([
    [[40, 20, 18], 78],
    [[60, 60], 100],
    [[50, -20, 5], 35],
    [[10, -30], 0],
    [[], 0],
  ])("%j add up to %i, which is where the last bar ends", (weights, sum) => {
    const factors = weights.map(factor);
    expect(factorSum(factors)).toBe(sum);
    const spans = factorSpans(factors);
    const last = spans.at(-1);
    const end = last === undefined ? 0 : last.weight < 0 ? last.start : last.start + last.width;
    expect(end).toBe(sum);
    for (const span of spans) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.start + span.width).toBeLessThanOrEqual(100);
    }
  });

  it("begins each bar where the one before it ends", () => {
    expect(factorSpans([40, 20, -10].map(factor)).map(({ start, width }) => [start, width])).toEqual([
      [0, 40],
      [40, 20],
      [50, 10],
    ]);
  });
});
