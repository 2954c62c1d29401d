import type { Lookup } from "@tocsin/core/lookup";

export type RiskLevel = NonNullable<Lookup["data"]["risk"]>["level"];

/** The least score of each level, as core's formula has them. */
const floors = [
  ["critical", 85],
  ["high", 65],
  ["medium", 40],
  ["low", 0],
] as const satisfies [RiskLevel, number][];

export function riskLevel(score: number): RiskLevel {
  return floors.find(([, floor]) => score >= floor)?.[0] ?? "low";
}

/** Legible as text on the page, too: 4.5:1 at least. */
export const riskColors: Readonly<Record<RiskLevel, string>> = {
  low: "light-dark(var(--mantine-color-gray-6), var(--mantine-color-gray-5))",
  medium: "light-dark(#946200, #f2c14e)",
  high: "light-dark(#c2410c, #ff922b)",
  critical: "light-dark(#c92a2a, #ff6b6b)",
};

export const riskWords: Readonly<Record<RiskLevel, string>> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};
