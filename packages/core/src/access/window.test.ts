import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowAt, windowKinds, windowLength } from "./window";

describe("windowAt", () => {
  it("holds every moment in exactly one window, which ends where the next begins", () => {
    const moment = fc.date({ min: new Date("1960-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.constantFrom(...windowKinds), (now, kind) => {
        const { index, startsAt, endsAt } = windowAt(kind, now);
        expect(startsAt <= now && now < endsAt).toBe(true);
        expect(endsAt.getTime() - startsAt.getTime()).toBe(windowLength[kind]);
        expect(windowAt(kind, endsAt)).toMatchObject({ index: index + 1, startsAt: endsAt });
      }),
    );
  });

  it.each([
    ["minute", "2026-03-29T01:59:59.999Z", "2026-03-29T01:59:00.000Z", "2026-03-29T02:00:00.000Z"],
    ["day", "2026-03-29T23:59:59.999Z", "2026-03-29T00:00:00.000Z", "2026-03-30T00:00:00.000Z"],
    ["day", "2028-02-29T00:00:00.000Z", "2028-02-29T00:00:00.000Z", "2028-03-01T00:00:00.000Z"],
  ] as const)("goes by UTC: the %s of %s", (kind, now, start, end) => {
    const { startsAt, endsAt } = windowAt(kind, new Date(now));
    expect([startsAt.toISOString(), endsAt.toISOString()]).toEqual([start, end]);
  });
});
