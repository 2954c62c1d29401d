import { expect, it } from "vitest";
import { ageOf, countEveryMs, isDue, smallInstance } from "./freshness";

const now = new Date("2026-11-21T12:00:00.000Z");
const ago = (ms: number) => new Date(now.getTime() - ms);

it.each([
  ["just counted", { computedAt: now, iocs: 10, added: 0 }, false],
  ["a moment before ten minutes", { computedAt: ago(countEveryMs - 1), iocs: 10, added: 9 }, false],
  ["ten minutes old", { computedAt: ago(countEveryMs), iocs: 10, added: 0 }, true],
  ["nothing found, nothing come", { computedAt: ago(1), iocs: 0, added: 0 }, false],
  ["nothing found, something come", { computedAt: ago(1), iocs: 0, added: 1 }, true],
  ["doubled since", { computedAt: ago(1), iocs: 10, added: 10 }, true],
  ["doubled, but large", { computedAt: ago(1), iocs: smallInstance, added: smallInstance }, false],
  ["from a clock that is ahead", { computedAt: ago(-60_000), iocs: 10, added: 0 }, false],
])("%s", (_name, last, due) => {
  expect(isDue(last, now)).toBe(due);
});

it("has no age below zero", () => {
  expect([ageOf(ago(1_999), now), ageOf(ago(-5_000), now)]).toEqual([1, 0]);
});
