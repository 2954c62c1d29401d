import { type Authorized, requireOperator, type SessionCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import { allowValue } from "../warninglists";
import type { Proposals, ReviewFeedbackInput } from "./feedback-shape";
import { reviewOf } from "./give-feedback";
import { typeOf } from "./list-sightings";

type Operator = Call<Authorized<SessionCaller>>;

/** Most of those that wait, and of those that were decided. */
const most = { pending: 500, decided: 50 };

type Row = {
  workspace_id: string;
  workspace_name: string;
  ioc_id: string;
  type: string;
  value: string;
  reason: string;
  review: string;
  review_note: string | null;
  reviewed_at: Date | null;
  updated_at: Date;
  sources: string[];
  risk_score: number | null;
};

/** What workspaces ask to hide from everybody: what waits, the oldest first, then what was decided last. */
export async function listProposals(ctx: Operator): Promise<Proposals> {
  requireOperator(ctx.caller);
  const columns = `v.workspace_id, w.name AS workspace_name, v.ioc_id, v.type, v.value, v.reason, v.review, v.review_note,
    v.reviewed_at, v.updated_at, i.risk_score, ARRAY(SELECT coalesce(f.name, s.id) FROM unnest(i.sources) AS s(id)
      LEFT JOIN feed f ON f.id = s.id ORDER BY 1) AS sources`;
  const from = "FROM own_verdict v JOIN workspace w ON w.id = v.workspace_id LEFT JOIN ioc i ON i.id = v.ioc_id";
  const rows = await ctx.sql.query<Row>(
    `(SELECT ${columns} ${from} WHERE v.review = 'pending' ORDER BY v.updated_at, v.ioc_id LIMIT ${most.pending})
     UNION ALL
     (SELECT ${columns} ${from} WHERE v.review IN ('accepted', 'declined') ORDER BY v.updated_at DESC, v.ioc_id
      LIMIT ${most.decided})`,
  );
  return {
    data: rows.map(({ ioc_id, type, review, reviewed_at, updated_at, ...row }) => ({
      ...row,
      indicator_id: ioc_id,
      type: typeOf(type),
      review: reviewOf(review),
      reviewed_at: reviewed_at?.toISOString() ?? null,
      updated_at: updated_at.toISOString(),
    })),
  };
}

/**
 * Decides whether a value that a workspace calls harmless is hidden from everybody: accepted, it is on the operators' list of
 * allowed values, with the workspace's reason. Throws `not_found`, and `invalid_parameter` where it was decided already.
 */
export async function reviewFeedback(ctx: Operator, input: ReviewFeedbackInput): Promise<Proposals> {
  requireOperator(ctx.caller);
  const { workspaceId, indicatorId, decision, note } = input;
  const where = { workspaceId, iocId: indicatorId };
  const proposed = await ctx.db.ownVerdict.findFirst({ where: { ...where, review: { not: "none" } } });
  if (!proposed) throw new AppError("not_found", { message: "No workspace asks this." });
  if (proposed.review !== "pending") throw decidedAlready();
  // First, and on its own: what was cut between the two is accepted again, and allowing twice is allowing once.
  if (decision === "accept") await allowValue(ctx, { value: proposed.value, note: proposed.reason.slice(0, 200) });
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.ownVerdict.updateMany({
      // What the workspace said again since is another proposal.
      where: { ...where, review: "pending", reason: proposed.reason },
      data: {
        review: decision === "accept" ? "accepted" : "declined",
        reviewNote: note === "" ? null : note,
        reviewedAt: ctx.now(),
        updatedAt: ctx.now(),
      },
    });
    if (count === 0) throw decidedAlready();
    const target = { type: "indicator", id: indicatorId, name: proposed.value.slice(0, 200) };
    const event = { action: "feedback.review" as const, workspaceId, target, details: { decision } };
    await appendEvent(ctx, { ...event, reason: note === "" ? null : note }, tx);
  });
  return listProposals(ctx);
}

function decidedAlready() {
  return invalidParameter({
    field: "decision",
    problem: "was made, or the feedback changed",
    allowed: "what is pending",
  });
}
