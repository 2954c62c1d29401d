import { randomUUID } from "node:crypto";
import type { Context } from "../context";
import { daySeconds } from "../lib";
import { unseal } from "../outbound";
import { type DeliveryRow, type NoticeMessage, renderNotice } from "./channels";
import { messageIdOf } from "./deliveries";
import { describeNotice } from "./describe";
import type { Try } from "./shape";

/** A delivery that this process holds until its lease ends. */
export type Job = { id: string; claim: string; attempts: number; messageId: string } & NoticeMessage;

/**
 * How an attempt went; `retryAfterSeconds` is what the receiver asked for, `gone` that it wants nothing more, `final`
 * that another attempt would go the same way.
 */
export type Outcome = Try & { delivered: boolean; gone?: boolean; final?: boolean; retryAfterSeconds?: number | null };

/** Seconds from one attempt to the next: about a day in all. A fifth at most is added, so that they spread. */
export const retryDelays = [5, 300, 1_800, 7_200, 18_000, 28_800, 28_800] as const;
/** Attempts that the log keeps. */
const triesKept = 20;

type Ctx = Pick<Context, "sql" | "now" | "peppers" | "instance">;

type Row = DeliveryRow & { id: string; attempts: number; channel: string };

/**
 * Takes up to `limit` deliveries that are due, each for `leaseSeconds` by the database's clock. While one is claimed no
 * other process gets it; one whose process died is due again when its lease ends. Recipients take turns, so that one
 * that never answers, and has many waiting, keeps nobody else waiting.
 */
export async function claimDeliveries(ctx: Ctx, options: { limit: number; leaseSeconds: number }): Promise<Job[]> {
  const mark = randomUUID();
  const rows = await ctx.sql.query<Row>(claim, [mark, options.limit, options.leaseSeconds]);
  const rendering = { instance: ctx.instance, unseal: (sealed: string, row: string) => unseal(ctx, sealed, row) };
  return rows.map((row) => ({
    id: row.id,
    claim: mark,
    attempts: row.attempts,
    messageId: messageIdOf(row),
    ...renderNotice(rendering, row, describeNotice(row.kind, row.key_name, row.details)),
  }));
}

// Times are stored to the millisecond, rounded: what is due now may be half of one ahead.
const claim = `
  WITH busy AS MATERIALIZED (
    SELECT channel, recipient, count(*) AS n FROM notice_delivery
    WHERE status = 'pending' AND claimed_until >= now() GROUP BY 1, 2
  ), turns AS MATERIALIZED (
    SELECT id, next_at AS since, COALESCE(busy.n, 0) + row_number() OVER (PARTITION BY channel, recipient ORDER BY next_at) AS turn
    FROM notice_delivery LEFT JOIN busy USING (channel, recipient)
    WHERE status = 'pending' AND next_at <= now() + interval '1 ms' AND (claimed_until IS NULL OR claimed_until < now())
  ), due AS MATERIALIZED (
    SELECT id FROM notice_delivery JOIN turns USING (id)
    WHERE status = 'pending' AND next_at <= now() + interval '1 ms' AND (claimed_until IS NULL OR claimed_until < now())
    ORDER BY turn, since LIMIT $2::int4 FOR UPDATE OF notice_delivery SKIP LOCKED
  ), claimed AS (
    UPDATE notice_delivery SET claim = $1::uuid, claimed_until = now() + make_interval(secs => $3::float8),
      attempts = attempts + 1
    FROM due WHERE notice_delivery.id = due.id
    RETURNING notice_delivery.*
  )
  SELECT claimed.id, claimed.attempts, claimed.channel, claimed.kind, claimed.recipient, claimed.notice_id, claimed.workspace_id,
    workspace.name AS workspace_name, COALESCE(notice.at, claimed.created_at) AS at, notice.key_id, notice.key_name,
    notice.details, webhook.id AS webhook_id, webhook.url, webhook.secret,
    CASE WHEN webhook.previous_until > now() THEN webhook.previous_secret END AS previous_secret
  FROM claimed JOIN workspace ON workspace.id = claimed.workspace_id
  LEFT JOIN notice ON notice.id = claimed.notice_id
  LEFT JOIN webhook ON claimed.channel = 'webhook' AND webhook.id::text = claimed.recipient AND webhook.enabled
  ORDER BY claimed.created_at, claimed.id`;

/** Writes how the attempt went and when the next one is due; nothing when the lease has passed to another process. */
export async function finishDelivery(ctx: Pick<Context, "sql">, job: Job, outcome: Outcome): Promise<void> {
  const { delivered, gone = false, final = gone, retryAfterSeconds, ...attempt } = outcome;
  const delay = retryDelays[job.attempts - 1];
  const status = delivered ? "delivered" : final || delay === undefined ? "failed" : "pending";
  const wait = Math.max((delay ?? 0) * (1 + Math.random() / 5), Math.min(retryAfterSeconds ?? 0, daySeconds));
  await ctx.sql.query(
    `WITH done AS (
       UPDATE notice_delivery SET status = $3, claim = NULL, claimed_until = NULL,
         next_at = now() + make_interval(secs => $4::float8),
         finished_at = CASE WHEN $3 = 'pending' THEN NULL ELSE now() END,
         tries = jsonb_path_query_array(tries || $5::text::jsonb, '$[last - ${triesKept - 1} to last]')
       WHERE id = $1::uuid AND claim = $2::uuid
       RETURNING channel, recipient
     )
     UPDATE webhook SET enabled = false, off_reason = 'The receiver answered 410 Gone.', updated_at = now()
     FROM done WHERE $6::boolean AND done.channel = 'webhook' AND webhook.id::text = done.recipient`,
    [job.id, job.claim, status, wait, JSON.stringify([attempt]), gone],
  );
}

/** Gives a delivery back as if it had not been taken: the process ends in the middle of it. */
export async function releaseDelivery(ctx: Pick<Context, "sql">, job: Job): Promise<void> {
  await ctx.sql.query(
    `UPDATE notice_delivery SET claim = NULL, claimed_until = NULL, attempts = attempts - 1
     WHERE id = $1::uuid AND claim = $2::uuid`,
    [job.id, job.claim],
  );
}
