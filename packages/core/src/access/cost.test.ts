import { expect, it } from "vitest";
import { exportCost, leastWindow } from "./cost";
import { tiers } from "./tiers";

it.each([
  [0, 1],
  [1, 1],
  [1_000, 1],
  [1_001, 2],
  [10_000, 10],
  [499_001, 500],
  [2_000_000, 500],
])("an export of %i records costs %i requests of a thousand a minute", (records, cost) => {
  expect(exportCost(records, 1_000)).toBe(cost);
});

it("never costs more than half of the least window, and never less than one request", () => {
  expect(exportCost(1_000_000, leastWindow(tiers.free))).toBe(5);
  expect(exportCost(1_000_000, leastWindow({ ...tiers.pro, workspaceRequestsPerDay: 40 }))).toBe(20);
  expect(exportCost(1_000_000, 1)).toBe(1);
});
