import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import { isSampleFeed } from "../values";
import type { FeedDescription, RequestedRun, RequestRunInput } from "./shape";

/**
 * Makes a feed due now, so that a scheduler pulls it within its next tick, though never sooner than the vendor allows.
 * Throws `not_found` for an unknown feed and `invalid_parameter` for one that does not run here.
 */
export async function requestRun(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  descriptions: readonly FeedDescription[],
  { feedId }: RequestRunInput,
): Promise<RequestedRun> {
  requireOperator(ctx.caller);
  const description = descriptions.find((feed) => feed.id === feedId);
  if (!description) throw new AppError("not_found");
  if (isSampleFeed(feedId)) throw refused("is part of the sample set, which is not pulled");
  if (description.state === "off") throw refused("is not switched on here");
  if (description.state === "needs_key") throw refused(`needs ${description.needs_key ?? "a key"}, which is not set`);
  const [row] = await ctx.sql.query<{ enabled: boolean; running: boolean }>(makeDue, [feedId]);
  if (!row) throw new AppError("not_found");
  if (!row.enabled) throw refused("is paused");
  return { data: { feed_id: feedId, state: row.running ? "running" : "due" } };
}

const makeDue = `
  UPDATE feed SET next_due_at = CASE WHEN enabled AND NOT COALESCE(claimed_until >= now(), false)
    THEN LEAST(next_due_at, now()) ELSE next_due_at END
  WHERE id = $1
  RETURNING enabled, COALESCE(claimed_until >= now(), false) AS running`;

function refused(problem: string): AppError {
  return invalidParameter({ field: "feed_id", problem });
}
