import { describe, expect, it } from "vitest";
import { createMemoryLimiter } from "./memory-limiter";
import { rateHeaders } from "./rate-headers";
import { sessionLimits } from "./spend";

const now = new Date("2026-11-21T12:00:15.500Z");
const minuteEnd = "1795262460";

describe("rateHeaders", () => {
  it("shows the limit a minute, and what is left of the window nearer its end", async () => {
    const limiter = createMemoryLimiter();
    expect(rateHeaders(await limiter.charge("k", { perMinute: 10, perDay: 1_000 }, 1, now))).toEqual({
      "X-RateLimit-Limit": "10",
      "X-RateLimit-Remaining": "9",
      "X-RateLimit-Reset": minuteEnd,
      "RateLimit-Policy": '"minute";q=10;w=60, "day";q=1000;w=86400',
      RateLimit: '"minute";r=9;t=45, "day";r=999;t=43185',
    });
  });

  it("counts down with a weight that is no whole number, rounding down", async () => {
    const charge = await createMemoryLimiter().charge("k", { perMinute: 10, perDay: 1_000 }, 2.5, now);
    expect(rateHeaders(charge)).toMatchObject({ "X-RateLimit-Remaining": "7" });
  });

  it("shows the day where fewer requests are left in it, and when to come again", async () => {
    const limiter = createMemoryLimiter();
    const limits = { perMinute: 10, perDay: 1 };
    await limiter.charge("k", limits, 1, now);
    expect(rateHeaders(await limiter.charge("k", limits, 1, now))).toMatchObject({
      "X-RateLimit-Limit": "10",
      "X-RateLimit-Remaining": "0",
      "X-RateLimit-Reset": String(Date.parse("2026-11-22T00:00:00Z") / 1_000),
      "Retry-After": "43185",
    });
  });

  it("names the windows of the workspace where it has any, and counts by the limiter's clock", async () => {
    const pool = { key: "w", limits: { perMinute: 5, perDay: null } };
    const charge = await createMemoryLimiter().charge("k", { perMinute: 10, perDay: null }, 1, now, pool);
    expect(rateHeaders(charge)).toMatchObject({
      "X-RateLimit-Limit": "10",
      "X-RateLimit-Remaining": "4",
      "RateLimit-Policy": '"minute";q=10;w=60, "workspace-minute";q=5;w=60',
      RateLimit: '"minute";r=9;t=45, "workspace-minute";r=4;t=45',
    });
  });

  it("names one window where only the minute counts", async () => {
    const headers = rateHeaders(await createMemoryLimiter().charge("u", sessionLimits, 1, now));
    expect(headers).toMatchObject({ "RateLimit-Policy": '"minute";q=600;w=60', RateLimit: '"minute";r=599;t=45' });
    expect(headers).not.toHaveProperty("Retry-After");
  });
});
