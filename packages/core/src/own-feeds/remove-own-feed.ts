import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError } from "../errors";
import { auditDetails, ownFeedColumns } from "./own-feed-row";
import type { OwnFeedIdInput, RemovedFeed } from "./shape";

/**
 * Ends a feed with its URL, mapping and secret. What it reported stays until its lifetime is over, and goes on naming
 * the feed; its runs stay too. A pull under way goes on to its end.
 */
export async function removeOwnFeed(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { id }: OwnFeedIdInput,
): Promise<RemovedFeed> {
  requireOperator(ctx.caller);
  return ctx.db.$transaction(async (tx) => {
    const row = await tx.ownFeed.findUnique({ where: { id }, select: ownFeedColumns });
    if (!row) throw new AppError("not_found");
    // Of two who remove it at once, one finds it.
    if ((await tx.ownFeed.deleteMany({ where: { id } })).count === 0) throw new AppError("not_found");
    await tx.feed.update({ where: { id }, data: { enabled: false } });
    const sum = await tx.feedRun.aggregate({ where: { feedId: id }, _sum: { sightingsNew: true } });
    const values = sum._sum.sightingsNew ?? 0;
    const target = { type: "feed", id, name: row.name };
    await appendEvent(ctx, { action: "feed.remove", target, details: { ...auditDetails(row), values } }, tx);
    return { data: { id, values } };
  });
}
