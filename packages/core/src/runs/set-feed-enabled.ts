import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError } from "../errors";
import type { FeedSwitch, SetFeedEnabledInput } from "./shape";

/** Pauses a feed for the whole instance or lets it run again; a run under way goes on to its end. Throws `insufficient_role`. */
export async function setFeedEnabled(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { feedId, enabled }: SetFeedEnabledInput,
): Promise<FeedSwitch> {
  requireOperator(ctx.caller);
  return ctx.db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ name: string; enabled: boolean; next_due_at: Date }[]>`
      SELECT name, enabled, next_due_at FROM feed WHERE id = ${feedId} FOR UPDATE`;
    if (!before) throw new AppError("not_found");
    if (before.enabled !== enabled) {
      await tx.feed.update({ where: { id: feedId }, data: { enabled } });
      const target = { type: "feed", id: feedId, name: before.name };
      await appendEvent(ctx, { action: enabled ? "feed.resume" : "feed.pause", target }, tx);
    }
    return { data: { feed_id: feedId, enabled, next_due_at: enabled ? before.next_due_at.toISOString() : null } };
  });
}
