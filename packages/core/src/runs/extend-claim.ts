import type { Context } from "../context";

/** What a run has done so far. */
export type RunCounts = {
  files: number;
  bytes: number;
  lines: number;
  good: number;
  bad: number;
  iocsNew: number;
  iocsChanged: number;
  sightingsNew: number;
};

/** Where a running pull is: bytes of the file at hand, as sent while it is fetched, else of what is unpacked. */
export type RunProgress = {
  phase: "fetch" | "check" | "merge";
  file: string;
  bytes: number;
  total_bytes: number | null;
};

/** Renews the lease and shows the counts so far; false when another run holds the feed now, and this one must stop. */
export async function extendClaim(
  ctx: Context,
  input: { feedId: string; runId: string; leaseSeconds: number; counts: RunCounts; progress?: RunProgress | undefined },
): Promise<boolean> {
  const { counts } = input;
  const rows = await ctx.sql.query(
    `WITH claimed AS (
       UPDATE feed SET claimed_until = now() + make_interval(secs => $3::float8)
       WHERE id = $1 AND claimed_by = $2::uuid
       RETURNING id
     )
     UPDATE feed_run SET files = $4, bytes = $5, lines = $6, good = $7, bad = $8, iocs_new = $9, iocs_changed = $10,
       sightings_new = $11, progress = $12::text::jsonb
     FROM claimed WHERE feed_run.id = $2::uuid
     RETURNING feed_run.id`,
    [
      input.feedId,
      input.runId,
      input.leaseSeconds,
      counts.files,
      counts.bytes,
      counts.lines,
      counts.good,
      counts.bad,
      counts.iocsNew,
      counts.iocsChanged,
      counts.sightingsNew,
      input.progress ? JSON.stringify(input.progress) : null,
    ],
  );
  return rows.length === 1;
}
