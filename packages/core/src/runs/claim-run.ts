import { randomUUID } from "node:crypto";
import type { Context } from "../context";
import type { QuarantinedFile } from "./quarantine";
import { unpackValidators, type Validators } from "./validators";

/** A run that this node holds until its lease ends. */
export type ClaimedRun = {
  id: string;
  feedId: string;
  startedAt: Date;
  /** Failed runs since the last good one. */
  failures: number;
  validators: Validators;
  /** Points that its record here adds to its reputation, or takes away. */
  record: number;
  /** Records kept by the last run that read a body; null before the first. */
  lastGood: number | null;
  /** What an operator let through once, of the run that was quarantined. */
  accepted: readonly QuarantinedFile[];
};

type Row = {
  started_at: Date;
  failures: number;
  record: number;
  etag: string | null;
  last_modified: string | null;
  last_good: number | null;
  accepted: QuarantinedFile[] | null;
};

/**
 * Takes the feed for `leaseSeconds` by the database's clock and opens a run, or gives null: unknown, paused, claimed by
 * another run, not due (trigger `schedule`), or pulled less than `minSeconds` ago. A run whose lease ended becomes `lost`.
 */
export async function claimRun(
  ctx: Context,
  input: {
    feedId: string;
    node: string;
    trigger: "schedule" | "manual";
    leaseSeconds: number;
    minSeconds?: number | undefined;
  },
): Promise<ClaimedRun | null> {
  const id = randomUUID();
  const [row] = await ctx.sql.query<Row>(claim, [
    input.feedId,
    id,
    input.node,
    input.trigger,
    input.leaseSeconds,
    input.minSeconds ?? 0,
  ]);
  if (!row) return null;
  return {
    id,
    feedId: input.feedId,
    startedAt: row.started_at,
    failures: row.failures,
    record: row.record,
    validators: unpackValidators(row.etag, row.last_modified),
    lastGood: row.last_good,
    accepted: row.accepted ?? [],
  };
}

// One statement, so that it is one atomic step on a server and on PGlite's single connection. Of two nodes that arrive
// together, the second waits for the row lock, then sees the first one's lease and gets no row. Times are stored to the
// millisecond, rounded: what is due now may be half of one ahead.
const claim = `
  WITH free AS (
    SELECT id, claimed_by, failures, record, etag, last_modified, held_run, held_decision FROM feed
    WHERE id = $1 AND enabled AND (claimed_until IS NULL OR claimed_until < now())
      AND ($4::text <> 'schedule' OR next_due_at <= now() + interval '1 ms')
      AND NOT EXISTS (
        SELECT 1 FROM feed_run WHERE feed_id = $1 AND started_at > now() + interval '1 ms' - make_interval(secs => $6::float8)
      )
    FOR UPDATE
  ), lost AS (
    UPDATE feed_run SET status = 'lost', finished_at = now(), progress = NULL, error = 'The node that held this run stopped answering.'
    FROM free WHERE feed_run.id = free.claimed_by AND feed_run.status = 'running'
  ), opened AS (
    INSERT INTO feed_run (id, feed_id, "trigger", node, started_at)
    SELECT $2::uuid, id, $4::text, $3::text, now() FROM free
    RETURNING started_at
  ), held AS (
    UPDATE feed SET claimed_by = $2::uuid, claimed_until = now() + make_interval(secs => $5::float8)
    FROM free WHERE feed.id = free.id
  )
  SELECT opened.started_at, free.failures, free.record, free.etag, free.last_modified,
    (SELECT good FROM feed_run WHERE feed_id = $1 AND status IN ('ok', 'partial') ORDER BY started_at DESC LIMIT 1)
      AS last_good,
    (SELECT held FROM feed_run WHERE id = free.held_run AND free.held_decision = 'accepted') AS accepted
  FROM free, opened`;
