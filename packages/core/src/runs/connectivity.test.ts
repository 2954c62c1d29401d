import { expect, it } from "vitest";
import { decideConnectivity } from "./connectivity";

const at = (minute: number, unreachable: boolean) => ({ unreachable, endedAt: new Date(minute * 60_000) });
const many = (count: number, minute: number, unreachable: boolean) =>
  Array.from({ length: count }, () => at(minute, unreachable));

it.each([
  ["nothing was pulled", [], false],
  ["the one feed that there is cannot be reached", [at(1, true)], true],
  ["two of many cannot be reached, as far as anybody has tried", many(2, 1, true).concat(many(1, 1, false)), false],
  ["none of the first three was reached", many(3, 1, true), true],
  ["one was reached since", [...many(50, 1, true), at(2, false)], false],
  ["three of ninety are down by themselves, for days", [...many(87, 10, false), ...many(3, 20, true)], false],
  [
    "a tenth in a row could not be reached after the last that could",
    [...many(81, 10, false), ...many(9, 20, true)],
    true,
  ],
])("%s", (_name, pulls, offline) => {
  const decided = decideConnectivity(pulls);
  expect(decided.offline).toBe(offline);
  expect(decided.since === null).toBe(!offline);
});
