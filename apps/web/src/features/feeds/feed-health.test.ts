import { describe, expect, it } from "vitest";
import { feedHealth, interval, isPulling, pullProgress } from "./feed-health";

describe("the health of a feed", () => {
  it.each([
    ["on", "ok", 0, "healthy"],
    ["on", "unchanged", 0, "healthy"],
    ["on", "partial", 0, "partial"],
    ["on", "failed", 3, "failing"],
    ["on", "lost", 0, "failing"],
    ["on", "unchanged", 1, "failing"],
    ["on", "never", 0, "never"],
    ["on", "running", 2, "running"],
    ["paused", "running", 0, "running"],
    ["paused", "failed", 3, "paused"],
    ["needs_key", "never", 0, "needs_key"],
    ["off", "ok", 0, "off"],
  ] as const)("of state %s, last run %s, %i failures is %s", (state, status, failures, health) => {
    expect(feedHealth({ state, status, failures, held: null, unreachable: false })).toBe(health);
  });

  it("whose failure is the network's is not failing", () => {
    expect(feedHealth({ state: "on", status: "failed", failures: 1, held: null, unreachable: true })).toBe(
      "unreachable",
    );
    expect(feedHealth({ state: "paused", status: "failed", failures: 1, held: null, unreachable: true })).toBe(
      "paused",
    );
  });

  it("that is held back is that first of all, unless it is pulled or off", () => {
    const held = { since: "2026-11-22T00:00:00.000Z", run_id: "a", decision: null };
    expect(feedHealth({ state: "on", status: "held", failures: 0, held, unreachable: false })).toBe("held");
    expect(feedHealth({ state: "on", status: "failed", failures: 1, held, unreachable: false })).toBe("held");
    expect(feedHealth({ state: "on", status: "running", failures: 0, held, unreachable: false })).toBe("running");
    expect(feedHealth({ state: "paused", status: "held", failures: 0, held, unreachable: false })).toBe("paused");
  });
});

it.each([
  ["fetch", 1_500_000, 3_000_000, "Fetching, 1.5 MB of 3 MB", 50],
  ["fetch", 1_500_000, null, "Fetching, 1.5 MB", null],
  ["check", 3_000_000, 3_000_000, "Checking, 3 MB of 3 MB", 100],
  ["merge", 300_000, 3_000_000, "Merging, 12,000 lines, 11,990 good, 10 bad", 10],
] as const)("a pull at %s shows how far it is", (phase, bytes, total_bytes, words, percent) => {
  const progress = { phase, file: "list.txt", bytes, total_bytes };
  expect(pullProgress({ lines: 12_000, good: 11_990, bad: 10, progress })).toEqual({ words, percent });
});

describe("a pull", () => {
  const run = (id: string) => ({ id }) as NonNullable<Parameters<typeof isPulling>[0]["last_run"]>;
  const asked = { lastRun: "a", at: 1_000 };

  it("is under way from the request until its run has ended", () => {
    expect(isPulling({ status: "ok", last_run: run("a") }, asked, 2_000)).toBe(true);
    expect(isPulling({ status: "running", last_run: run("b") }, asked, 3_000)).toBe(true);
    expect(isPulling({ status: "ok", last_run: run("b") }, asked, 4_000)).toBe(false);
  });

  it("may be the feed's first", () => {
    const first = { lastRun: null, at: 1_000 };
    expect(isPulling({ status: "never", last_run: null }, first, 2_000)).toBe(true);
    expect(isPulling({ status: "failed", last_run: run("a") }, first, 2_000)).toBe(false);
  });

  it("is given up where nothing comes of the request", () => {
    expect(isPulling({ status: "ok", last_run: run("a") }, asked, 91_001)).toBe(false);
  });

  it("of the scheduler shows without a request", () => {
    expect(isPulling({ status: "running", last_run: run("a") }, undefined, 0)).toBe(true);
    expect(isPulling({ status: "ok", last_run: run("a") }, undefined, 0)).toBe(false);
  });
});

it.each([
  [300, "5 min"],
  [3_600, "1 h"],
  [5_400, "90 min"],
  [21_600, "6 h"],
  [172_800, "2 d"],
])("writes an interval of %i s as %s", (seconds, text) => {
  expect(interval(seconds)).toBe(text);
});
