import { sequenceChanges } from "../changes";
import type { Context } from "../context";
import { ingestIocs } from "../iocs";
import type { Observation } from "../values";
import { testWorkspace } from "../workspaces/testing";
import { addEntries } from "./add-entries";
import { createWatchlist } from "./create-watchlist";
import { listEntries } from "./list-entries";
import { listMatches } from "./list-matches";
import { listAllMatchesInput } from "./match-shape";
import type { WatchlistCall } from "./require-watchlist";
import { addEntriesInput, createWatchlistInput, listEntriesInput } from "./shape";

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
export async function freshAdmin(ctx: Context): Promise<WatchlistCall> {
  await ctx.sql.query(
    "TRUNCATE feed, ioc, sighting, ioc_change, publication, watchlist, watchlist_change, watchlist_article, article, article_ioc, notice CASCADE",
  );
  await ctx.sql.query("UPDATE watchlist_progress SET comparing = NULL");
  await ctx.db.feed.create({ data: { id: testFeed.id, name: testFeed.name, category: testFeed.category } });
  return testWorkspace(ctx);
}

export async function create(admin: WatchlistCall, more: object = {}): Promise<string> {
  return (await createWatchlist(admin, createWatchlistInput.parse({ name: "Ours", ...more }))).data.id;
}

export function add(admin: WatchlistCall, watchlistId: string, text: string, more: object = {}) {
  return addEntries(admin, addEntriesInput.parse({ watchlistId, text, ...more }));
}

export function entries(admin: WatchlistCall, watchlistId: string, more: object = {}) {
  return listEntries(admin, listEntriesInput.parse({ watchlistId, ...more }));
}

export function matches(admin: WatchlistCall, watchlistId: string, more: object = {}) {
  return listMatches(admin, { ...listAllMatchesInput.parse(more), watchlistId });
}

/** What was found by what, and why, sorted. */
export async function found(admin: WatchlistCall, watchlistId: string) {
  const { data } = await matches(admin, watchlistId, { order: "oldest" });
  return data.map((match) => [match.ioc?.value, match.entry.value, match.reason]).sort();
}
