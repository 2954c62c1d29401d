import { expect, it } from "vitest";
import { circuitFailures, circuitOf } from "./circuit";

it.each([
  [0, false, false, "closed"],
  [circuitFailures - 1, false, false, "closed"],
  [circuitFailures - 1, true, true, "closed"],
  [circuitFailures, false, false, "open"],
  [40, false, false, "open"],
  [circuitFailures, true, false, "half_open"],
  [circuitFailures, false, true, "half_open"],
] as const)("%i failures, due %s, running %s: %s", (failures, due, running, state) => {
  expect(circuitOf({ failures, due, running })).toBe(state);
});
