import { sequenceChanges } from "../changes";
import type { Context } from "../context";
import { ingestIocs } from "../iocs";
import type { Observation } from "../values";
import { testWorkspace } from "../workspaces/testing";
import { addEntries } from "./add-entries";
import { createWatchlist } from "./create-watchlist";
import type { Keeper } from "./keeper";
import { listEntries } from "./list-entries";
import { listMatches } from "./list-matches";
import { addEntriesInput, createWatchlistInput, listAllMatchesInput, listEntriesInput } from "./shape";

export const testFeed = {
  id: "test",
  name: "Test feed",
  category: "threat-feed",
  confidence: "high",
  tlp: "clear",
} as const;

/** Holds observations, and publishes what has changed. */
export async function ingestAndPublish(ctx: Context, observations: readonly Observation[]): Promise<void> {
  await ingestIocs(ctx, { feed: testFeed, observations, pulledAt: ctx.now() });
  await publish(ctx);
}

/** Publishes all that has been committed. */
export async function publish(ctx: Pick<Context, "sql" | "now">): Promise<void> {
  while ((await sequenceChanges(ctx)).full);
}

/** A database with the test feed and nothing else that matching reads, and somebody in a new workspace. */
export async function freshKeeper(ctx: Context): Promise<Keeper> {
  await ctx.sql.query(
    "TRUNCATE feed, ioc, sighting, ioc_change, publication, watchlist, watchlist_change, watchlist_article, article, article_ioc, notice CASCADE",
  );
  await ctx.sql.query("UPDATE watchlist_progress SET comparing = NULL");
  await ctx.db.feed.create({ data: { id: testFeed.id, name: testFeed.name, category: testFeed.category } });
  return testWorkspace(ctx);
}

export async function create(keeper: Keeper, more: object = {}): Promise<string> {
  return (await createWatchlist(keeper, createWatchlistInput.parse({ name: "Ours", ...more }))).data.id;
}

export function add(keeper: Keeper, watchlistId: string, text: string, more: object = {}) {
  return addEntries(keeper, addEntriesInput.parse({ watchlistId, text, ...more }));
}

export function entries(keeper: Keeper, watchlistId: string, more: object = {}) {
  return listEntries(keeper, listEntriesInput.parse({ watchlistId, ...more }));
}

export function matches(keeper: Keeper, watchlistId: string, more: object = {}) {
  return listMatches(keeper, { ...listAllMatchesInput.parse(more), watchlistId });
}

/** What was found by what, and why, sorted. */
export async function found(keeper: Keeper, watchlistId: string) {
  const { data } = await matches(keeper, watchlistId, { order: "oldest" });
  return data.map((match) => [match.ioc?.value, match.entry.value, match.reason]).sort();
}
