import { AppError } from "../errors";
import { insistOnWatchlist, type Keeper } from "./keeper";
import { readWatchlists } from "./read-watchlists";
import type { WatchlistList, WatchlistPath, WatchlistView } from "./shape";

/** Every list of the workspace, newest first. */
export async function listWatchlists(ctx: Keeper): Promise<WatchlistList> {
  const { workspaceId, plan } = ctx.caller;
  const data = await readWatchlists(ctx, workspaceId);
  return {
    data,
    meta: {
      total: data.length,
      watchlists_limit: plan.watchlists,
      entries: data.reduce((sum, { entries }) => sum + entries.total, 0),
      entries_limit: plan.watchlistEntries,
    },
  };
}

/** Throws `not_found`. */
export async function getWatchlist(ctx: Keeper, { watchlistId }: WatchlistPath): Promise<{ data: WatchlistView }> {
  await insistOnWatchlist(ctx, watchlistId);
  const [data] = await readWatchlists(ctx, ctx.caller.workspaceId, watchlistId);
  if (!data) throw new AppError("not_found");
  return { data };
}
