import { randomUUID } from "node:crypto";
import { appendEvent } from "../audit";
import { AppError } from "../errors";
import { getWatchlist } from "./list-watchlists";
import type { WatchlistCall } from "./require-watchlist";
import type { CreateWatchlistInput, WatchlistView } from "./shape";

/** Makes an empty list. Throws `watchlist_limit_reached`. */
export async function createWatchlist(
  ctx: WatchlistCall,
  input: CreateWatchlistInput,
): Promise<{ data: WatchlistView }> {
  const { workspaceId, tier, email } = ctx.caller;
  const id = randomUUID();
  const now = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    // Those who make lists in one workspace wait for each other, so that each counts the one before.
    await tx.$queryRaw`SELECT id FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    const held = await tx.watchlist.count({ where: { workspaceId } });
    if (held >= tier.watchlists) {
      throw new AppError("watchlist_limit_reached", { details: { limit: tier.watchlists, held } });
    }
    const { name, enabled, notify } = input;
    const description = input.description || null;
    await tx.watchlist.create({
      data: { id, workspaceId, name, description, enabled, notify, createdAt: now, createdBy: email, updatedAt: now },
    });
    await appendEvent(
      ctx,
      { action: "watchlist.create", target: { type: "watchlist", id, name }, details: { enabled, notify } },
      tx,
    );
  });
  return getWatchlist(ctx, { watchlistId: id });
}
