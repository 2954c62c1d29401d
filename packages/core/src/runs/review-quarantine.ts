import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import type { QuarantinedFile } from "./quarantine";
import type { Reviewed, ReviewQuarantineInput } from "./shape";

type Row = { name: string; held_run: string | null; running: boolean; held: QuarantinedFile[] | null };

/**
 * Says what becomes of what a feed publishes and is quarantined: `accept` lets figures like those of that run through
 * once, and makes the feed due; `keep` goes on holding it back, without a further word. It speaks of one run: when
 * another was quarantined since, the answer is `invalid_parameter`.
 */
export async function reviewQuarantine(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { feedId, runId, decision }: ReviewQuarantineInput,
): Promise<Reviewed> {
  requireOperator(ctx.caller);
  const said = decision === "accept" ? "accepted" : "kept";
  return ctx.db.$transaction(async (tx) => {
    const [feed] = await tx.$queryRaw<Row[]>`
      SELECT feed.name, feed.held_run, COALESCE(feed.claimed_until >= now(), false) AS running, feed_run.held
      FROM feed LEFT JOIN feed_run ON feed_run.id = feed.held_run WHERE feed.id = ${feedId} FOR UPDATE OF feed`;
    if (!feed) throw new AppError("not_found");
    if (feed.held_run !== runId) {
      throw invalidParameter({ field: "run_id", problem: "is not the run that is held back now" });
    }
    await tx.$executeRaw`
      UPDATE feed SET held_decision = ${said},
        next_due_at = CASE WHEN ${said === "accepted" && !feed.running} THEN LEAST(next_due_at, now()) ELSE next_due_at END
      WHERE id = ${feedId}`;
    const files = (feed.held ?? []).map(({ file, reasons, records, usual_records, unfit_percent }) => ({
      file,
      reasons,
      records,
      usual_records,
      unfit_percent,
    }));
    await appendEvent(
      ctx,
      {
        action: decision === "accept" ? "feed.accept" : "feed.keep_held",
        target: { type: "feed", id: feedId, name: feed.name },
        details: { run: runId, files },
      },
      tx,
    );
    return { data: { feed_id: feedId, decision: said } };
  });
}
