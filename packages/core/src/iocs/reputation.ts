import { type Category, categories } from "../values";
import type { FeedFacts } from "./record";

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

/** How far a feed's word is trusted: what is said of it, or of its category, with its record here. */
export function reputationOf(feed: Pick<FeedFacts, "category" | "reputation" | "record">): number {
  const said = feed.reputation ?? defaultReputations[feed.category];
  return Math.max(0, Math.min(100, said + (feed.record ?? 0)));
}

const ofCategory = categories.map((category) => `WHEN '${category}' THEN ${defaultReputations[category]}`).join(" ");

/** The same as one SQL expression. */
export function trustSql(reputation: string, category: string, record: string): string {
  return `GREATEST(0, LEAST(100, COALESCE(${reputation}, CASE ${category} ${ofCategory} END) + ${record}))`;
}

/** How a feed's indicators have fared here: those that stand, of them those that others confirm, and those found harmless. */
export type FeedFigures = { readonly listed: number; readonly confirmed: number; readonly harmless: number };

/** What a record is worth: points for the least share that is confirmed, and points off for that which is harmless. */
export const recordSteps = {
  /** With fewer indicators than these there is no record. */
  least: 50,
  confirmed: [
    { from: 0.3, points: 10 },
    { from: 0.1, points: 5 },
  ],
  harmless: [
    { from: 0.1, points: -15 },
    { from: 0.03, points: -10 },
    { from: 0.01, points: -5 },
  ],
  /** A step is left only when a share is this far beyond its edge: what stands at an edge would be published again and again. */
  margin: 0.2,
} as const;

/** Points that a feed's record adds to its reputation, or takes away. */
export function decideRecord(figures: FeedFigures, present: number): number {
  const { margin } = recordSteps;
  const records = [1 - margin, 1, 1 + margin].flatMap((confirmed) =>
    [1 + margin, 1, 1 - margin].map((harmless) => recordOf(figures, confirmed, harmless)),
  );
  return Math.min(...records) <= present && present <= Math.max(...records) ? present : recordOf(figures, 1, 1);
}

function recordOf({ listed, confirmed, harmless }: FeedFigures, favour: number, blame: number): number {
  if (listed < recordSteps.least) return 0;
  const step = (share: number, table: readonly { from: number; points: number }[]) =>
    table.find(({ from }) => share >= from)?.points ?? 0;
  return (
    step((favour * confirmed) / listed, recordSteps.confirmed) + step((blame * harmless) / listed, recordSteps.harmless)
  );
}
