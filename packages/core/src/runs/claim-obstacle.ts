import type { Context } from "../context";

/** Why a claim may have given nothing, as things stand now; null when it would work now. */
export type ClaimObstacle = "unknown" | "paused" | "claimed" | "too_soon" | "not_due";

/** For telling people; a claim asks for itself. */
export async function findClaimObstacle(
  ctx: Context,
  input: { feedId: string; trigger: "schedule" | "manual"; minSeconds?: number | undefined },
): Promise<ClaimObstacle | null> {
  const [row] = await ctx.sql.query<{ enabled: boolean; claimed: boolean; too_soon: boolean; due: boolean }>(
    `SELECT enabled, COALESCE(claimed_until >= now(), false) AS claimed, next_due_at <= now() AS due, EXISTS (
       SELECT 1 FROM feed_run WHERE feed_id = feed.id AND started_at > now() - make_interval(secs => $2::float8)
     ) AS too_soon
     FROM feed WHERE id = $1`,
    [input.feedId, input.minSeconds ?? 0],
  );
  if (!row) return "unknown";
  if (!row.enabled) return "paused";
  if (row.claimed) return "claimed";
  if (row.too_soon) return "too_soon";
  return input.trigger === "schedule" && !row.due ? "not_due" : null;
}
