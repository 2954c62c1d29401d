import type { Context } from "../context";
import { AppError } from "../errors";
import { createTimeCursor } from "../lib";
import { type ListRunsInput, type RunList, type RunRow, runColumns, toRun } from "./shape";

const cursors = createTimeCursor("_");

/** Runs of one feed or of all, newest first; throws `not_found` for a feed that this instance never had. */
export async function listRuns(ctx: Context, input: ListRunsInput): Promise<RunList> {
  const { feedId, limit } = input;
  const after = input.cursor === undefined ? null : cursors.read(input.cursor);
  if (feedId !== undefined) {
    const known = await ctx.sql.query("SELECT 1 FROM feed WHERE id = $1", [feedId]);
    if (known.length === 0) throw new AppError("not_found");
  }
  const rows = await ctx.sql.query<RunRow>(page, [
    feedId ?? null,
    limit + 1,
    after?.at.toISOString() ?? null,
    after?.id ?? null,
  ]);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const next = last ? cursors.write(last.started_at, last.id) : null;
  return { data: rows.slice(0, limit).map(toRun), meta: { limit, next_cursor: next } };
}

// One short index scan a feed, merged: there is no index by time alone, and a year holds millions of runs.
const page = `
  SELECT run.* FROM feed
  CROSS JOIN LATERAL (
    SELECT ${runColumns} FROM feed_run
    WHERE feed_id = feed.id
      AND ($3::timestamptz IS NULL OR started_at <= $3::timestamptz)
      AND ($3::timestamptz IS NULL OR (started_at, id) < ($3::timestamptz, $4::uuid))
    ORDER BY started_at DESC, id DESC
    LIMIT $2
  ) AS run
  WHERE $1::text IS NULL OR feed.id = $1::text
  ORDER BY run.started_at DESC, run.id DESC
  LIMIT $2`;
