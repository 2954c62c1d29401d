import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDueIn } from "./schedule";

const base = { failures: 0, intervalSeconds: 3_600, chance: 0.5 };

describe("nextDueIn", () => {
  it("waits the interval and up to a tenth more after a run that went well", () => {
    for (const outcome of ["ok", "partial", "unchanged", "held"] as const) {
      expect(nextDueIn({ ...base, outcome, chance: 0 })).toBe(3_600);
      expect(nextDueIn({ ...base, outcome, chance: 1 })).toBe(3_960);
    }
  });

  it("doubles its wait with each failure, from five minutes to a day", () => {
    const waits = [1, 2, 3, 4, 8, 9, 10, 50].map((failures) => nextDueIn({ ...base, outcome: "failed", failures }));
    expect(waits).toEqual([300, 600, 1_200, 2_400, 38_400, 76_800, 86_400, 86_400]);
    expect(nextDueIn({ ...base, outcome: "failed", failures: 1, intervalSeconds: 60 })).toBe(60);
    expect(nextDueIn({ ...base, outcome: "failed", failures: 40, intervalSeconds: 172_800 })).toBe(172_800);
  });

  it("lets a lost run be taken up at once, unless the vendor wants a wait", () => {
    expect(nextDueIn({ ...base, outcome: "lost" })).toBe(0);
    expect(nextDueIn({ ...base, outcome: "lost", minSeconds: 600 })).toBe(600);
  });

  it("is never sooner than the vendor allows or asks for", () => {
    const outcome = fc.constantFrom("ok", "partial", "unchanged", "held", "failed", "lost" as const);
    fc.assert(
      fc.property(
        outcome,
        fc.nat(100),
        fc.integer({ min: 1, max: 1e6 }),
        fc.nat(1e6),
        fc.nat(1e6),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (ended, failures, intervalSeconds, minSeconds, retryAfterSeconds, chance) => {
          const wait = nextDueIn({
            outcome: ended,
            failures,
            intervalSeconds,
            minSeconds,
            retryAfterSeconds,
            chance,
          });
          expect(Number.isSafeInteger(wait)).toBe(true);
          expect(wait).toBeGreaterThanOrEqual(Math.max(minSeconds, retryAfterSeconds));
        },
      ),
    );
  });
});
