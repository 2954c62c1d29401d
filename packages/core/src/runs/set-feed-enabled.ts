import type { Authorized, SessionCaller, SystemCaller } from "../access";
import type { Call } from "../context";
import { AppError } from "../errors";
import type { FeedSwitch, SetFeedEnabledInput } from "./shape";

/** Pauses a feed for the whole instance or lets it run again; a run under way goes on to its end. */
export async function setFeedEnabled(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { feedId, enabled }: SetFeedEnabledInput,
): Promise<FeedSwitch> {
  const [row] = await ctx.sql.query<{ next_due_at: Date }>(
    "UPDATE feed SET enabled = $2 WHERE id = $1 RETURNING next_due_at",
    [feedId, enabled],
  );
  if (!row) throw new AppError("not_found");
  const by = ctx.caller.kind === "session" ? ctx.caller.userId : ctx.caller.name;
  ctx.log.info({ feedId, enabled, by }, enabled ? "feed resumed" : "feed paused");
  return { data: { feed_id: feedId, enabled, next_due_at: enabled ? row.next_due_at.toISOString() : null } };
}
