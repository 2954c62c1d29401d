import { describe, expect, it } from "vitest";
import { duration, localDay, relativeTime, utcTime } from "./dates";

const now = new Date("2026-03-10T12:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();

describe("relativeTime", () => {
  it.each([
    [0, "just now"],
    [-59, "just now"],
    [-60, "1 minute ago"],
    [-3_599, "59 minutes ago"],
    [-3_600, "1 hour ago"],
    [-86_399, "23 hours ago"],
    [-86_400, "yesterday"],
    [-3 * 86_400, "3 days ago"],
    [-45 * 86_400, "last month"],
    [-800 * 86_400, "2 years ago"],
    [15, "just now"],
    [45, "in less than a minute"],
    [90, "in 1 minute"],
    [86_400 * 5, "in 5 days"],
  ])("%i s from now is %s", (seconds, text) => {
    expect(relativeTime(at(seconds), now, "en")).toBe(text);
  });
});

describe("spans and days", () => {
  it("keeps a UTC day in every zone", () => {
    expect(localDay("2026-03-01", "en-GB")).toBe("1 Mar");
  });
  it("writes UTC to the second", () => {
    expect(utcTime("2026-03-10T12:00:05.678Z")).toBe("2026-03-10 12:00:05 UTC");
  });
  it.each([
    [840, "840 ms"],
    [12_400, "12.4 s"],
    [200_000, "3 min 20 s"],
    [59_990, "1 min 0 s"],
    [119_800, "2 min 0 s"],
  ])("%i ms is %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
