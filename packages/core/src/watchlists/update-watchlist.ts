import { appendEvent } from "../audit";
import { AppError } from "../errors";
import { getWatchlist } from "./list-watchlists";
import { requireWatchlist, type WatchlistCall } from "./require-watchlist";
import type { UpdateWatchlistInput, WatchlistPath, WatchlistView } from "./shape";

/**
 * Changes what is named. A list that is switched on again is compared with all that is stored, so that it knows what came
 * meanwhile; one that is to tell again begins with what comes now. Throws `not_found`.
 */
export async function updateWatchlist(
  ctx: WatchlistCall,
  input: UpdateWatchlistInput,
): Promise<{ data: WatchlistView }> {
  const { watchlistId: id, name, enabled, notify } = input;
  const before = await requireWatchlist(ctx, id);
  const description = input.description === undefined ? undefined : input.description || null;
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(notify === undefined ? {} : { notify }),
  };
  await ctx.db.$transaction(async (tx) => {
    if (notify) {
      await tx.$executeRaw`
        UPDATE watchlist SET told_id = GREATEST(told_id, (SELECT COALESCE(max(m.id), 0) FROM watchlist_match m
          WHERE m.watchlist_id = watchlist.id)) WHERE id = ${id}::uuid AND NOT notify`;
    }
    const { count } = await tx.watchlist.updateMany({ where: { id }, data: { ...change, updatedAt: ctx.now() } });
    if (count === 0) throw new AppError("not_found");
    if (enabled && !before.enabled) {
      // In the order in which matches lock them (core/watchlists/write-matches).
      await tx.$executeRaw`
        WITH locked AS MATERIALIZED (
          SELECT id FROM watchlist_entry WHERE watchlist_id = ${id}::uuid ORDER BY id FOR NO KEY UPDATE
        ) UPDATE watchlist_entry e SET compared_at = NULL FROM locked WHERE e.id = locked.id`;
    }
    const target = { type: "watchlist", id, name: name ?? before.name };
    await appendEvent(ctx, { action: "watchlist.update", target, details: change }, tx);
  });
  return getWatchlist(ctx, { watchlistId: id });
}

/** Removes the list with its entries and matches. Throws `not_found`. */
export async function deleteWatchlist(
  ctx: WatchlistCall,
  { watchlistId: id }: WatchlistPath,
): Promise<{ success: true }> {
  const { name } = await requireWatchlist(ctx, id);
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.watchlist.deleteMany({ where: { id } });
    const target = { type: "watchlist", id, name };
    if (count > 0) await appendEvent(ctx, { action: "watchlist.delete", target }, tx);
  });
  return { success: true };
}
