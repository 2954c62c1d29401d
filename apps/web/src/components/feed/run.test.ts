import { describe, expect, it } from "vitest";
import { runResult } from "./run";

describe("what a run brought", () => {
  it.each([
    ["ok", 1_200, 0, "1,200 good"],
    ["partial", 5, 2, "5 good, 2 bad"],
    ["unchanged", 0, 0, "No changes"],
    ["held", 0, 0, "Nothing merged"],
    ["failed", 0, 0, "No data read"],
    ["failed", 0, 3, "0 good, 3 bad"],
    ["lost", 7, 0, "7 good"],
  ] as const)("of a run that was %s, with %i good and %i bad: %s", (status, good, bad, words) => {
    expect(runResult({ status, good, bad })).toBe(words);
  });
});
