import { z } from "zod";
import { categories } from "../iocs/observation";

export const runStatuses = ["running", "ok", "partial", "unchanged", "failed", "lost"] as const;
export const feedStates = ["on", "off", "needs_key", "paused"] as const;

const instant = z.iso.datetime();

/** One line of a body that gave nothing: where it is, why, and its first 200 characters. */
export const badLineShape = z.object({ file: z.string(), line: z.int(), reason: z.string(), text: z.string() });
export type BadLine = z.infer<typeof badLineShape>;

/** One pull of one feed, as the wire has it. */
export const runShape = z.object({
  id: z.uuid(),
  feed_id: z.string(),
  trigger: z.enum(["schedule", "manual"]),
  node: z.string(),
  status: z.enum(runStatuses),
  started_at: instant,
  finished_at: instant.nullable(),
  files: z.int(),
  bytes: z.int(),
  lines: z.int().describe("Lines read, with comments and headers."),
  good: z.int().describe("Records that were kept."),
  bad: z.int().describe("Records that were refused, whole or in part."),
  iocs_new: z.int(),
  iocs_changed: z.int(),
  sightings_new: z.int(),
  error: z.string().nullable(),
  bad_lines: z.array(badLineShape).describe("The first bad lines, at most 20."),
});
export type RunShape = z.infer<typeof runShape>;

/** A run without its bad lines: a point of the sparkline. */
export const recentRunShape = runShape.pick({ id: true, status: true, started_at: true, good: true, bad: true });

/** One feed: what it is, whether it runs, and how its last runs went. */
export const feedShape = z.object({
  id: z.string(),
  name: z.string(),
  vendor: z.string(),
  category: z.enum(categories),
  homepage: z.url(),
  licence: z.object({ name: z.string(), url: z.url().nullable(), redistribution: z.enum(["yes", "no", "unclear"]) }),
  state: z.enum(feedStates),
  needs_key: z.string().nullable().describe("The setting that holds the vendor's key, where there is one."),
  interval_seconds: z.int(),
  status: z.enum([...runStatuses, "never"]),
  failures: z.int().describe("Failed runs since the last good one."),
  iocs: z.int().describe("Values that this feed has reported."),
  last_success_at: instant.nullable(),
  next_due_at: instant.nullable(),
  last_run: runShape.nullable(),
  recent_runs: z.array(recentRunShape).describe("Newest first, at most 20."),
});
export type FeedShape = z.infer<typeof feedShape>;

/** What code knows of a feed and the database does not; packages/feeds gives it. */
export type FeedDescription = Pick<
  FeedShape,
  "id" | "name" | "vendor" | "category" | "homepage" | "licence" | "needs_key" | "interval_seconds"
> & { state: "on" | "off" | "needs_key" };

/** The columns of feed_run, as a statement gives them. */
export type RunRow = Omit<RunShape, "started_at" | "finished_at"> & { started_at: Date; finished_at: Date | null };

/** The columns that `toRun` needs, for a SELECT on feed_run. */
export const runColumns = `id, feed_id, "trigger", node, status, started_at, finished_at, files, bytes, lines, good, bad,
  iocs_new, iocs_changed, sightings_new, error, bad_lines`;

export function toRun(row: RunRow): RunShape {
  return {
    id: row.id,
    feed_id: row.feed_id,
    trigger: row.trigger,
    node: row.node,
    status: row.status,
    started_at: row.started_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    files: row.files,
    bytes: Number(row.bytes),
    lines: row.lines,
    good: row.good,
    bad: row.bad,
    iocs_new: row.iocs_new,
    iocs_changed: row.iocs_changed,
    sightings_new: row.sightings_new,
    error: row.error,
    bad_lines: row.bad_lines,
  };
}
