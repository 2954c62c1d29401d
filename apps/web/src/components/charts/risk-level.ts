import { kindsOf } from "../../lib/tables";
import type { Outputs } from "../../lib/trpc";

export type RiskLevel = NonNullable<Outputs["lookup"]["byValue"]["data"]["risk"]>["level"];

/** The levels, the worst first: the least score of each as core's formula has it, and how it looks. */
export const riskLevels = {
  critical: { from: 85, label: "Critical", color: "light-dark(#c92a2a, #ff6b6b)" },
  high: { from: 65, label: "High", color: "light-dark(#c2410c, #ff922b)" },
  medium: { from: 40, label: "Medium", color: "light-dark(#946200, #f2c14e)" },
  low: { from: 0, label: "Low", color: "light-dark(var(--mantine-color-gray-6), var(--mantine-color-gray-5))" },
  // Colours are legible as text on the page, too: 4.5:1 at least.
} as const satisfies Record<RiskLevel, { from: number; label: string; color: string }>;

export function riskLevel(score: number): RiskLevel {
  return kindsOf(riskLevels).find((level) => score >= riskLevels[level].from) ?? "low";
}
