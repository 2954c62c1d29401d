import { riskLevels } from "@tocsin/core/iocs";
import { expect, it } from "vitest";
import { riskLevel } from "./risk-level";

it("calls a score what core calls it", () => {
  for (const { level, from } of riskLevels) expect(riskLevel(from)).toBe(level);
  for (const [index, { from }] of riskLevels.entries()) {
    if (from > 0) expect(riskLevel(from - 1)).toBe(riskLevels[index + 1]?.level);
  }
});
