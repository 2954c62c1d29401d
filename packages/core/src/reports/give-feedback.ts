import type { Prisma } from "@tocsin/db";
import { actorOf, appendEvent } from "../audit";
import { AppError, isUuid } from "../errors";
import { countUpTo, createTimeCursor, totalOf } from "../lib";
import { lockStore } from "../own-indicators";
import { beyond, type Reporter } from "./add-sightings";
import type {
  FeedbackAnswer,
  FeedbackList,
  FeedbackPath,
  FeedbackView,
  GiveFeedbackInput,
  ListFeedbackInput,
  Review,
  Verdict,
} from "./feedback-shape";
import { typeOf } from "./list-sightings";
import { readValue, requireNarrow } from "./read-report";
import type { Removed } from "./shape";

const cursors = createTimeCursor();

type Stored = {
  iocId: string;
  type: string;
  value: string;
  verdict: string;
  reason: string;
  review: string;
  reviewNote: string | null;
  reviewedAt: Date | null;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
};

/**
 * Gives a verdict on a value, in place of the one before; the same again changes nothing. Throws `invalid_parameter`,
 * `report_limit_reached`.
 */
export async function giveFeedback(ctx: Reporter, input: GiveFeedbackInput): Promise<FeedbackAnswer> {
  const { workspaceId, tier } = ctx.caller;
  const { verdict, reason, for_all: forAll } = input;
  const reported = readValue(input);
  requireNarrow(reported);
  const row = await ctx.db.$transaction(async (tx) => {
    await lockStore(tx, workspaceId);
    const where = { workspaceId_iocId: { workspaceId, iocId: reported.id } };
    const before = await tx.ownVerdict.findUnique({ where });
    if (before?.verdict === verdict && before.reason === reason && (before.review !== "none") === forAll) return before;
    const store = await tx.ownStore.findUnique({ where: { workspaceId }, select: { verdicts: true } });
    if (!before && (store?.verdicts ?? 0) >= tier.ownIndicators) {
      const { code, fields } = beyond(tier.ownIndicators);
      throw new AppError(code, { details: { fields } });
    }
    const said = {
      ...{ verdict, reason, review: forAll ? "pending" : "none", reviewNote: null, reviewedAt: null },
      ...{ createdBy: actorOf(ctx.caller).name ?? "", updatedAt: ctx.now() },
    };
    const { id, type, value } = reported;
    const created = { workspaceId, iocId: id, type, value, createdAt: ctx.now(), ...said };
    const written = await tx.ownVerdict.upsert({ where, create: created, update: said });
    await count(tx, workspaceId, { before: before?.verdict, after: verdict });
    const target = { type: "indicator", id, name: value.slice(0, 200) };
    await appendEvent(ctx, { action: "feedback.give", target, reason, details: { verdict, for_all: forAll } }, tx);
    return written;
  });
  return { data: viewOf(row) };
}

/** Takes a verdict back; twice is once. */
export async function withdrawFeedback(ctx: Reporter, { indicatorId }: FeedbackPath): Promise<Removed> {
  const { workspaceId } = ctx.caller;
  const removed = await ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT total FROM own_store WHERE workspace_id = ${workspaceId}::uuid FOR UPDATE`;
    const where = { workspaceId, iocId: indicatorId };
    const before = isUuid(indicatorId) ? await tx.ownVerdict.findFirst({ where }) : null;
    if (!before) return false;
    await tx.ownVerdict.delete({ where: { workspaceId_iocId: where } });
    await count(tx, workspaceId, { before: before.verdict, after: undefined });
    const target = { type: "indicator", id: before.iocId, name: before.value.slice(0, 200) };
    await appendEvent(ctx, { action: "feedback.withdraw", target, details: { verdict: before.verdict } }, tx);
    return true;
  });
  return { success: true, removed };
}

/** The change's number tells lists that what they keep of the workspace is of an earlier state. */
async function count(
  tx: Prisma.TransactionClient,
  workspaceId: string,
  { before, after }: { before: string | undefined; after: Verdict | undefined },
): Promise<void> {
  const verdicts = (after ? 1 : 0) - (before ? 1 : 0);
  const harmless = (after === "harmless" ? 1 : 0) - (before === "harmless" ? 1 : 0);
  await tx.$executeRaw`
    UPDATE own_store SET verdicts = verdicts + ${verdicts}::int4, harmless = harmless + ${harmless}::int4, changes = changes + 1
    WHERE workspace_id = ${workspaceId}::uuid`;
}

type Row = {
  ioc_id: string;
  type: string;
  value: string;
  verdict: string;
  reason: string;
  review: string;
  review_note: string | null;
  reviewed_at: Date | null;
  created_at: Date;
  created_by: string;
  updated_at: Date;
};

/** A page of the workspace's verdicts, newest change first. */
export async function listFeedback(ctx: Reporter, input: ListFeedbackInput): Promise<FeedbackList> {
  const { verdict, limit, cursor } = input;
  const after = cursor === undefined ? null : cursors.read(cursor);
  const filter = "workspace_id = $1::uuid AND ($2::text IS NULL OR verdict = $2::text)";
  const values = [ctx.caller.workspaceId, verdict ?? null];
  const rows = await ctx.sql.query<Row>(
    `SELECT ioc_id, type, value, verdict, reason, review, review_note, reviewed_at, created_at, created_by, updated_at
     FROM own_verdict WHERE ${filter} AND ($3::timestamptz IS NULL OR (updated_at, ioc_id) < ($3::timestamptz, $4::uuid))
     ORDER BY updated_at DESC, ioc_id DESC LIMIT $5::int4`,
    [...values, after?.at.toISOString() ?? null, after?.id ?? null, limit + 1],
  );
  const [counted] = await ctx.sql.query<{ n: number }>(countUpTo(`own_verdict WHERE ${filter}`), values);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    data: page.map((row) =>
      viewOf({
        ...row,
        ...{ iocId: row.ioc_id, reviewNote: row.review_note, reviewedAt: row.reviewed_at },
        ...{ createdAt: row.created_at, createdBy: row.created_by, updatedAt: row.updated_at },
      }),
    ),
    meta: {
      generated_at: ctx.now().toISOString(),
      feed_version: "1.0",
      source: ctx.instance.name,
      ...totalOf(counted?.n ?? 0),
      limit,
      next_cursor: last ? cursors.write(last.updated_at, last.ioc_id) : null,
    },
  };
}

function viewOf(row: Stored): FeedbackView {
  return {
    indicator_id: row.iocId,
    type: typeOf(row.type),
    value: row.value,
    verdict: row.verdict === "malicious" ? "malicious" : "harmless",
    reason: row.reason,
    review: reviewOf(row.review),
    review_note: row.reviewNote,
    reviewed_at: row.reviewedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    created_by: row.createdBy,
    updated_at: row.updatedAt.toISOString(),
  };
}

export function reviewOf(text: string): Review {
  return text === "pending" || text === "accepted" || text === "declined" ? text : "none";
}
