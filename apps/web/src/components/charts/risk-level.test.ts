import { riskLevels as coreLevels } from "@tocsin/core/iocs";
import { expect, it } from "vitest";
import { riskLevel, riskLevels } from "./risk-level";

it("calls a score what core calls it", () => {
  for (const { level, from } of coreLevels) expect(riskLevel(from)).toBe(level);
  for (const [index, { from }] of coreLevels.entries()) {
    if (from > 0) expect(riskLevel(from - 1)).toBe(coreLevels[index + 1]?.level);
  }
});

/** The grounds of theme.ts that a level stands on, light and dark. */
const grounds = { light: ["#ffffff", "#f4f6f8"], dark: ["#151c24", "#0e141a"] };

it.each(["medium", "high", "critical"] as const)("is legible as the word %s, in light and in dark", (level) => {
  const [light = "", dark = ""] = riskLevels[level].color.match(/#[0-9a-f]{6}/g) ?? [];
  for (const ground of grounds.light) expect(contrast(light, ground)).toBeGreaterThanOrEqual(4.5);
  for (const ground of grounds.dark) expect(contrast(dark, ground)).toBeGreaterThanOrEqual(4.5);
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [most = 0, least = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (most + 0.05) / (least + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
