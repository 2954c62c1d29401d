import type { Context } from "../context";
import type { RunCounts } from "./extend-claim";
import type { QuarantinedFile } from "./quarantine";
import type { RunOutcome } from "./schedule";
import type { BadLine } from "./shape";
import { packValidators, type Validators } from "./validators";

export type FinishedRun = {
  feedId: string;
  runId: string;
  outcome: RunOutcome;
  counts: RunCounts;
  /** In words that hold no key and no filled-in URL. */
  error: string | null;
  badLines: readonly BadLine[];
  /** What was quarantined, of outcome `held`. */
  held?: readonly QuarantinedFile[] | undefined;
  nextDueInSeconds: number;
  /** `feed`: none of its servers could be reached; `instance`: nor could any other feed's, so it is no failure of the feed. */
  unreachable?: "feed" | "instance" | undefined;
  /** Kept for the next conditional GET; absent leaves the old ones. */
  validators?: Validators | undefined;
};

/** Closes the run and gives the feed free; false when another run holds the feed now, which is left alone. */
export async function finishRun(ctx: Context, run: FinishedRun): Promise<boolean> {
  const { counts } = run;
  const packed = run.validators ? packValidators(run.validators) : null;
  const rows = await ctx.sql.query(finish, [
    run.feedId,
    run.runId,
    run.outcome,
    counts.files,
    counts.bytes,
    counts.lines,
    counts.good,
    counts.bad,
    counts.iocsNew,
    counts.iocsChanged,
    counts.sightingsNew,
    run.error,
    JSON.stringify(run.badLines),
    run.nextDueInSeconds,
    packed?.etag ?? null,
    packed?.lastModified ?? null,
    run.held ? JSON.stringify(run.held) : null,
    run.unreachable !== undefined,
    run.unreachable === "instance",
  ]);
  return rows.length === 1;
}

const finish = `
  WITH released AS (
    UPDATE feed SET claimed_by = NULL, claimed_until = NULL,
      next_due_at = now() + make_interval(secs => $14::float8),
      failures = CASE $3::text WHEN 'failed' THEN failures + (NOT $19::boolean)::int WHEN 'lost' THEN failures ELSE 0 END,
      unreachable = CASE $3::text WHEN 'lost' THEN unreachable ELSE $18::boolean END,
      last_success_at = CASE WHEN $3::text IN ('held', 'failed', 'lost') THEN last_success_at ELSE now() END,
      held_since = CASE WHEN $3::text = 'held' THEN COALESCE(held_since, now()) WHEN $3::text IN ('failed', 'lost') THEN held_since END,
      held_run = CASE WHEN $3::text = 'held' THEN $2::uuid WHEN $3::text IN ('failed', 'lost') THEN held_run END,
      held_decision = CASE WHEN $3::text = 'held' THEN NULLIF(held_decision, 'accepted')
        WHEN $3::text IN ('failed', 'lost') THEN held_decision END,
      etag = COALESCE($15::text, etag), last_modified = COALESCE($16::text, last_modified)
    WHERE id = $1 AND claimed_by = $2::uuid
    RETURNING id
  )
  UPDATE feed_run SET status = $3::text, finished_at = now(), files = $4, bytes = $5, lines = $6, good = $7, bad = $8,
    iocs_new = $9, iocs_changed = $10, sightings_new = $11, error = $12, bad_lines = $13::text::jsonb,
    held = $17::text::jsonb, progress = NULL
  FROM released WHERE feed_run.id = $2::uuid
  RETURNING feed_run.id`;
