import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryLimiter } from "./memory-limiter";
import { sessionLimits } from "./spend";

const noon = new Date("2026-11-21T12:00:00.000Z");
const after = (ms: number) => new Date(noon.getTime() + ms);
const free = { perMinute: 10, perDay: 1_000 };

describe("memory limiter", () => {
  it("accepts of any offered load exactly what the limits allow", async () => {
    const load = fc.array(fc.integer({ min: 0, max: 4 * 86_400_000 }), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(
        load,
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 9 }),
        async (times, minute, day) => {
          const limiter = createMemoryLimiter();
          const taken = new Map<string, number>();
          const used = (window: string) => taken.get(window) ?? 0;
          // Few distinct minutes, so that windows fill up.
          for (const time of times.map((ms) => ms - (ms % 86_400_000) + (ms % 3) * 30_000).sort((a, b) => a - b)) {
            const [thisMinute, today] = [`m${Math.floor(time / 60_000)}`, `d${Math.floor(time / 86_400_000)}`];
            const fits = used(thisMinute) < minute && used(today) < day;
            const charge = await limiter.charge("k", { perMinute: minute, perDay: day }, 1, after(time));
            expect(charge.accepted).toBe(fits);
            if (!fits) continue;
            taken.set(thisMinute, used(thisMinute) + 1);
            taken.set(today, used(today) + 1);
          }
        },
      ),
    );
  });

  it("accepts exactly the limit of requests that arrive at once", async () => {
    const limiter = createMemoryLimiter();
    const charges = await Promise.all(Array.from({ length: 500 }, () => limiter.charge("k", free, 1, noon)));
    expect(charges.filter(({ accepted }) => accepted)).toHaveLength(10);
  });

  it("starts anew with the UTC minute, not a millisecond before", async () => {
    const limiter = createMemoryLimiter();
    for (let i = 0; i < 10; i++) await limiter.charge("k", free, 1, after(30_000));
    expect(await limiter.charge("k", free, 1, after(59_999))).toMatchObject({
      accepted: false,
      window: "minute",
      limit: 10,
      remaining: 0,
      resetAt: after(60_000),
      retryAfter: 1,
    });
    expect((await limiter.charge("k", free, 1, after(60_000))).accepted).toBe(true);
  });

  it("charges both windows or neither: what the minute refuses costs nothing of the day, and the other way round", async () => {
    const limiter = createMemoryLimiter();
    const limits = { perMinute: 2, perDay: 3 };
    for (let i = 0; i < 9; i++) await limiter.charge("k", limits, 1, noon);
    expect((await limiter.peek("k", limits, noon)).perDay?.remaining).toBe(1);
    expect((await limiter.charge("k", limits, 1, after(60_000))).accepted).toBe(true);
    const refused = await limiter.charge("k", limits, 1, after(60_000));
    expect(refused).toMatchObject({ accepted: false, window: "day", limit: 3, retryAfter: 43_140 });
    expect(refused.resetAt.toISOString()).toBe("2026-11-22T00:00:00.000Z");
    expect(refused.perMinute.remaining).toBe(1);
    expect((await limiter.charge("k", limits, 1, new Date("2026-11-22T00:00:00.000Z"))).accepted).toBe(true);
  });

  it("adds fractions up exactly", async () => {
    const limiter = createMemoryLimiter();
    for (let i = 0; i < 4; i++) expect((await limiter.charge("k", free, 2.5, noon)).accepted).toBe(true);
    expect((await limiter.charge("k", free, 0.001, noon)).accepted).toBe(false);
    const tenths = createMemoryLimiter();
    const accepted = [];
    for (let i = 0; i < 110; i++) accepted.push((await tenths.charge("k", free, 0.1, noon)).accepted);
    expect(accepted.filter(Boolean)).toHaveLength(100);
  });

  it("refuses a weight beyond what is left, and then still takes a lighter one", async () => {
    const limiter = createMemoryLimiter();
    for (let i = 0; i < 8; i++) await limiter.charge("k", free, 1, noon);
    expect(await limiter.charge("k", free, 2.5, noon)).toMatchObject({ accepted: false, remaining: 2 });
    expect((await limiter.charge("k", free, 2, noon)).accepted).toBe(true);
  });

  it("takes no weight that is no number of at least 0", async () => {
    const limiter = createMemoryLimiter();
    for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(limiter.charge("k", free, weight, noon)).rejects.toThrow(RangeError);
    }
  });

  it("looks without charging, and lets a limit of 0 pass nothing", async () => {
    const limiter = createMemoryLimiter();
    for (let i = 0; i < 50; i++) await limiter.peek("k", free, noon);
    expect(await limiter.peek("k", free, noon)).toMatchObject({ accepted: true, remaining: 10, retryAfter: null });
    expect(limiter.size()).toBe(0);
    expect((await limiter.charge("k", { perMinute: 0, perDay: 0 }, 1, noon)).accepted).toBe(false);
  });

  it("keeps keys apart, and a session from the day", async () => {
    const limiter = createMemoryLimiter();
    for (let i = 0; i < 10; i++) await limiter.charge("a", free, 1, noon);
    expect((await limiter.charge("b", free, 1, noon)).remaining).toBe(9);
    const session = await limiter.charge("user", sessionLimits, 1, noon);
    expect(session).toMatchObject({ limit: 600, remaining: 599, perDay: null });
  });

  it("charges the pool that keys share together with each key, or neither", async () => {
    const limiter = createMemoryLimiter();
    const pool = { key: "workspace:w", limits: { perMinute: 12, perDay: null } };
    const charge = (key: string, at = noon) => limiter.charge(key, free, 1, at, pool);
    for (let i = 0; i < 20; i++) await charge("a");
    const b = [];
    for (let i = 0; i < 5; i++) b.push(await charge("b"));
    expect(b.map(({ accepted }) => accepted)).toEqual([true, true, false, false, false]);
    expect(b[4]).toMatchObject({ of: "pool", window: "minute", limit: 12, remaining: 0, retryAfter: 60 });
    expect((await limiter.peek("b", free, noon)).perMinute.remaining).toBe(8);
    expect((await charge("b", after(60_000))).pool).toMatchObject({ perMinute: { remaining: 11 }, perDay: null });
  });

  it("counts nothing of a pool without limits", async () => {
    const limiter = createMemoryLimiter();
    const pool = { key: "workspace:w", limits: { perMinute: null, perDay: null } };
    const charge = await limiter.charge("a", free, 1, noon, pool);
    expect(charge).toMatchObject({ accepted: true, of: "key", pool: { perMinute: null, perDay: null } });
    expect([limiter.used("a", noon), limiter.used(pool.key, noon)]).toEqual([
      { minute: 1_000, day: 1_000 },
      { minute: 0, day: 0 },
    ]);
  });

  it("shows the window that ends last of those that are full", async () => {
    const limiter = createMemoryLimiter();
    const pool = { key: "workspace:w", limits: { perMinute: 1, perDay: 1 } };
    await limiter.charge("a", free, 1, noon, pool);
    expect(await limiter.charge("a", free, 1, noon, pool)).toMatchObject({
      of: "pool",
      window: "day",
      retryAfter: 43_200,
    });
  });

  it("keeps only the last windows in memory", async () => {
    const limiter = createMemoryLimiter();
    for (let minute = 0; minute < 3_000; minute++)
      await limiter.charge(`k${minute % 7}`, free, 1, after(minute * 60_000));
    expect(limiter.size()).toBeLessThanOrEqual(2 + 2 * 7);
  });

  it("finds a window again when the clock steps back over its edge", async () => {
    const limiter = createMemoryLimiter();
    for (let i = 0; i < 10; i++) await limiter.charge("k", free, 1, after(59_000));
    await limiter.charge("k", free, 1, after(60_000));
    expect((await limiter.charge("k", free, 1, after(59_500))).accepted).toBe(false);
  });
});
