import { appendEvent } from "../audit";
import { lockEntries, requireWatchlist, type WatchlistCall } from "./require-watchlist";
import type { RemoveEntriesInput } from "./shape";

/** Takes entries out of a list, with their matches; ids that are not in it are passed over. Throws `not_found`. */
export async function removeEntries(
  ctx: WatchlistCall,
  { watchlistId, ids }: RemoveEntriesInput,
): Promise<{ success: true; removed: number }> {
  const list = await requireWatchlist(ctx, watchlistId);
  return ctx.db.$transaction(async (tx) => {
    await lockEntries(tx, list.id, ids);
    const { count } = await tx.watchlistEntry.deleteMany({ where: { watchlistId: list.id, id: { in: ids } } });
    const target = { type: "watchlist", id: list.id, name: list.name };
    if (count > 0) {
      await appendEvent(ctx, { action: "watchlist.remove_entries", target, details: { removed: count } }, tx);
    }
    return { success: true as const, removed: count };
  });
}
