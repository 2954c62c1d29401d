import type { Category } from "../values";

/** How far a source is trusted where nothing is said of it itself, 0 to 100. */
export const defaultReputations = {
  government: 90,
  vendor: 75,
  commercial: 75,
  "threat-intel": 70,
  research: 65,
  "threat-feed": 60,
  news: 50,
  community: 45,
} as const satisfies Record<Category, number>;
