import type { Prisma } from "@tocsin/db";
import type { Authorized, SessionCaller } from "../access";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";

/** Whoever works on watchlists: any member, in their own workspace. */
export type WatchlistCall = Call<Authorized<SessionCaller>>;

/** Throws `not_found` for a list that is not of this workspace, whatever the reason. */
export async function requireWatchlist(
  ctx: Pick<WatchlistCall, "db"> & { caller: { workspaceId: string } },
  id: string,
): Promise<{ id: string; name: string; enabled: boolean }> {
  const found = isUuid(id)
    ? await ctx.db.watchlist.findFirst({
        where: { id, workspaceId: ctx.caller.workspaceId },
        select: { id: true, name: true, enabled: true },
      })
    : null;
  if (!found) throw new AppError("not_found", { message: "There is no such watchlist." });
  return found;
}

/** Holds a list and then entries of it in the order of their ids, as whoever writes matches does (core/watchlists/write-matches). */
export async function lockEntries(tx: Prisma.TransactionClient, watchlistId: string, ids: readonly string[]) {
  await tx.$queryRaw`SELECT id FROM watchlist WHERE id = ${watchlistId}::uuid FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT id FROM watchlist_entry WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
}
