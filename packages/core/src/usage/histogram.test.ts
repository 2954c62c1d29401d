import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countTime, type Histogram, mergeHistogram, percentileOf } from "./histogram";

const time = fc.double({ min: 0.1, max: 600_000, noNaN: true });
const histogramOf = (times: number[]) => {
  const histogram: Histogram = [];
  for (const ms of times) countTime(histogram, ms);
  return histogram;
};

describe("histogram", () => {
  it("gives every percentile within 5 % of the true one", () => {
    fc.assert(
      fc.property(
        fc.array(time, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (times, share) => {
          const sorted = [...times].sort((a, b) => a - b);
          const truth = sorted[Math.max(1, Math.ceil(share * times.length)) - 1] ?? 0;
          const estimate = percentileOf(histogramOf(times), share) ?? 0;
          expect(Math.abs(estimate - truth) / truth).toBeLessThanOrEqual(0.05 + 1e-9);
        },
      ),
    );
  });

  it("merges to what counting both together gives, in any order", () => {
    fc.assert(
      fc.property(fc.array(time), fc.array(time), (one, two) => {
        const merged = histogramOf(one);
        mergeHistogram(merged, histogramOf(two));
        const turned = histogramOf(two);
        mergeHistogram(turned, histogramOf(one));
        expect(merged).toEqual(histogramOf([...one, ...two]));
        expect(turned).toEqual(merged);
      }),
    );
  });

  it("takes any number, and stays small", () => {
    const histogram = histogramOf([0, -1, Number.NaN, 0.05, 1e12, Number.POSITIVE_INFINITY]);
    expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(histogram[0]).toBe(4);
    expect(histogram.length).toBeLessThan(170);
    expect(percentileOf(histogram, 1)).toBeGreaterThan(570_000);
  });

  it("has no percentile of nothing", () => {
    expect(percentileOf([], 0.5)).toBeNull();
    expect(percentileOf([0, 0], 0.5)).toBeNull();
  });
});
