import { AppError } from "../errors";
import { readWatchlists } from "./read-watchlists";
import { requireWatchlist, type WatchlistCall } from "./require-watchlist";
import type { WatchlistList, WatchlistPath, WatchlistView } from "./shape";

/** Every list of the workspace, newest first. */
export async function listWatchlists(ctx: WatchlistCall): Promise<WatchlistList> {
  const { workspaceId, tier } = ctx.caller;
  const data = await readWatchlists(ctx, workspaceId);
  return {
    data,
    meta: {
      total: data.length,
      watchlists_limit: tier.watchlists,
      entries: data.reduce((sum, { entries }) => sum + entries.total, 0),
      entries_limit: tier.watchlistEntries,
    },
  };
}

/** Throws `not_found`. */
export async function getWatchlist(
  ctx: WatchlistCall,
  { watchlistId }: WatchlistPath,
): Promise<{ data: WatchlistView }> {
  await requireWatchlist(ctx, watchlistId);
  const [data] = await readWatchlists(ctx, ctx.caller.workspaceId, watchlistId);
  if (!data) throw new AppError("not_found");
  return { data };
}
