import { describe, expect, it } from "vitest";
import { createFailureLimiter } from "./failures";

const noon = new Date("2026-11-21T12:00:00.000Z");
const nextMinute = new Date("2026-11-21T12:01:00.000Z");

describe("failure limiter", () => {
  it("lets an address fail exactly as often as allowed in a minute", () => {
    const failures = createFailureLimiter({ perMinute: 5 });
    const accepted = Array.from({ length: 8 }, () => failures.record("192.0.2.1", noon).accepted);
    expect(accepted).toEqual([true, true, true, true, true, false, false, false]);
    expect(failures.peek("192.0.2.1", noon)).toMatchObject({ limit: 5, remaining: 0, resetAt: nextMinute });
    expect(failures.peek("192.0.2.2", noon).remaining).toBe(5);
    expect(failures.peek("192.0.2.1", nextMinute).remaining).toBe(5);
  });

  it("costs nothing to look", () => {
    const failures = createFailureLimiter({ perMinute: 2 });
    for (let i = 0; i < 100; i++) failures.peek("192.0.2.1", noon);
    expect(failures.peek("192.0.2.1", noon)).toMatchObject({ accepted: true, remaining: 2 });
    expect(failures.size()).toBe(0);
  });

  it("takes an IPv6 /64 for one address, and an IPv4-mapped one for the IPv4", () => {
    const failures = createFailureLimiter({ perMinute: 2 });
    failures.record("2001:db8::1", noon);
    failures.record("2001:db8::ffff:0:0:9", noon);
    expect(failures.peek("2001:db8:0:0:abcd::", noon).remaining).toBe(0);
    expect(failures.peek("2001:db8:0:1::1", noon).remaining).toBe(2);
    failures.record("::ffff:192.0.2.1", noon);
    expect(failures.peek("192.0.2.1", noon).remaining).toBe(1);
  });

  it("remembers a bounded number of addresses, those that failed last", () => {
    const failures = createFailureLimiter({ perMinute: 2, maxAddresses: 100 });
    for (let i = 0; i < 1_000; i++) {
      failures.record("203.0.113.1", noon);
      failures.record(`198.51.${i >> 8}.${i & 255}`, noon);
    }
    expect(failures.size()).toBe(100);
    expect(failures.peek("203.0.113.1", noon).remaining).toBe(0);
    expect(failures.peek("198.51.0.0", noon).remaining).toBe(2);
  });
});
