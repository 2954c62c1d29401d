import { expect, it } from "vitest";
import { decideConnectivity } from "./connectivity";

const at = (minute: number, unreachable: boolean) => ({ unreachable, endedAt: new Date(minute * 60_000) });
const many = (count: number, minute: number, unreachable: boolean) =>
  Array.from({ length: count }, () => at(minute, unreachable));

it.each([
  ["nothing was pulled", [], 90, false],
  ["the one feed that there is cannot be reached", [at(1, true)], 1, true],
  ["the first of many cannot be reached", [at(1, true)], 90, false],
  ["two of many cannot be reached, as far as anybody has tried", many(2, 1, true).concat(many(1, 0, false)), 90, false],
  ["none of the first three was reached", many(3, 1, true), 90, true],
  ["one was reached since", [...many(50, 1, true), at(2, false)], 90, false],
  ["three of ninety are down by themselves, for days", [...many(87, 10, false), ...many(3, 20, true)], 90, false],
  [
    "a tenth in a row could not be reached after the last that could",
    [...many(81, 10, false), ...many(9, 20, true)],
    90,
    true,
  ],
])("%s", (_name, pulls, known, offline) => {
  const decided = decideConnectivity(pulls, known);
  expect(decided.offline).toBe(offline);
  expect(decided.since === null).toBe(!offline);
});
