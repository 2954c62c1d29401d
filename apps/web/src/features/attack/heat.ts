import type { Heat } from "./attack-search";

export type Cell = { articles: number; iocs: number };

/** Steps of the map's colour, beside none. */
export const heatSteps = 5;

/** How warm a technique is: 0 for nothing, else 1 to 5 by powers of ten of indicators and of articles that weigh as much as ten. */
export function heatOf({ articles, iocs }: Cell, by: Heat): number {
  const points = (by === "iocs" ? 0 : articles * 10) + (by === "articles" ? 0 : iocs);
  return points === 0 ? 0 : Math.min(heatSteps, 1 + Math.floor(Math.log10(points)));
}
