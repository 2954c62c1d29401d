import { z } from "zod";
import { queryInteger } from "../errors";
import { categories, tlps } from "../values";
import { circuitFailures, circuitStates } from "./circuit";
import { type QuarantinedFile, quarantinedFileShape } from "./quarantine";

export const runStatuses = ["running", "ok", "partial", "unchanged", "held", "failed", "lost"] as const;
export const feedStates = ["on", "off", "needs_key", "paused"] as const;

const instant = z.iso.datetime();

/** Bad lines that a run keeps. */
export const maxBadLines = 50;
/** Runs of a feed's sparkline. */
export const recentRuns = 14;

/** One line of a body that gave nothing: where it is, why, and its first 200 characters. */
export const badLineShape = z.object({
  file: z.string().meta({ description: "The file of the feed." }),
  line: z.int().meta({ description: "Counted from 1." }),
  reason: z.string(),
  text: z.string().meta({ description: "Its first 200 characters." }),
});
export type BadLine = z.infer<typeof badLineShape>;

/** One pull of one feed, as the wire has it. */
export const runShape = z.object({
  id: z.uuid(),
  feed_id: z.string(),
  trigger: z.enum(["schedule", "manual"]),
  node: z.string().meta({ description: "The process that pulled." }),
  status: z.enum(runStatuses).meta({
    description:
      "`ok`: every file was read; `partial`: some files failed, the others were merged; `unchanged`: nothing new " +
      "since the last pull; `held`: a file was far from what is usual and was held back for a look; " +
      "`failed`: nothing was merged; `lost`: stopped before its end, pulled again when due.",
  }),
  started_at: instant,
  finished_at: instant.nullable(),
  files: z.int().meta({ description: "Files that were read." }),
  bytes: z.int().meta({ description: "Bytes that were read, unpacked." }),
  lines: z.int().meta({ description: "Lines read, with comments and headers." }),
  good: z.int().meta({ description: "Records that were kept." }),
  bad: z.int().meta({ description: "Records that were refused, whole or in part." }),
  iocs_new: z.int().meta({ description: "Values that no feed had reported before." }),
  iocs_changed: z.int().meta({ description: "Known values that this pull changed." }),
  sightings_new: z.int().meta({ description: "Values that this feed reported for the first time." }),
  error: z.string().nullable().meta({ description: "Why it failed, or what to know about it." }),
  progress: z
    .object({
      phase: z.enum(["fetch", "check", "merge"]),
      file: z.string(),
      bytes: z.int().meta({ description: "Of this file, so far." }),
      total_bytes: z.int().nullable(),
    })
    .nullable()
    .meta({ description: "Of a running pull: what it is at." }),
  held: z.array(quarantinedFileShape).nullable().meta({ description: "Of a held one: which files, and why." }),
  bad_lines: z.array(badLineShape).meta({ description: `The first bad lines, at most ${maxBadLines}.` }),
});
export type RunShape = z.infer<typeof runShape>;

/** A run without its bad lines. */
export const runSummaryShape = runShape.omit({ bad_lines: true, held: true });
export type RunSummary = z.infer<typeof runSummaryShape>;

/** A point of the sparkline. */
export const recentRunShape = runShape.pick({ id: true, status: true, started_at: true, good: true, bad: true });

export const feedKinds = ["indicators", "articles", "warninglists", "attack"] as const;

/** One feed: what it is, whether it runs, and how its last runs went. */
export const feedShape = z.object({
  id: z.string(),
  name: z.string(),
  vendor: z.string(),
  own: z.boolean().meta({ description: "Whether an operator of this instance added it." }),
  kind: z.enum(feedKinds).meta({
    description: "What it brings: indicators, articles that name them, lists of harmless values, or ATT&CK's names.",
  }),
  category: z.enum(categories),
  homepage: z.url(),
  licence: z.object({ name: z.string(), url: z.url().nullable(), redistribution: z.enum(["yes", "no", "unclear"]) }),
  tlp: z.enum(tlps),
  state: z.enum(feedStates).meta({
    description: "`off`: not selected here; `needs_key`: the vendor asks for a key; `paused`: by an operator.",
  }),
  needs_key: z.string().nullable().meta({ description: "The setting that holds the vendor's key, if it needs one." }),
  interval_seconds: z.int(),
  status: z.enum([...runStatuses, "never"]).meta({ description: "Of the last run." }),
  failures: z.int().meta({ description: "Failed runs since the last good one." }),
  circuit: z.enum(circuitStates).meta({
    description:
      `\`open\` after ${circuitFailures} failures in a row: the feed waits, longer after each further one, up to a day; ` +
      "`half_open`: the pull that decides is due or under way; a good one closes it.",
  }),
  held: z
    .object({ since: instant, run_id: z.uuid(), decision: z.enum(["kept", "accepted"]).nullable() })
    .nullable()
    .meta({
      description: "What the feed publishes is held back: since when, in which run, and what an operator said.",
    }),
  iocs: z.int().meta({ description: "Values that this feed has reported." }),
  last_success_at: instant.nullable(),
  next_due_at: instant.nullable(),
  last_run: runSummaryShape.nullable(),
  recent_runs: z.array(recentRunShape).meta({ description: `Newest first, at most ${recentRuns}.` }),
});
export type FeedShape = z.infer<typeof feedShape>;

export const feedListShape = z.object({ data: z.array(feedShape), meta: z.object({ total: z.int() }) });
export type FeedList = z.infer<typeof feedListShape>;

export const runListShape = z.object({
  data: z.array(runShape),
  meta: z.object({ limit: z.int(), next_cursor: z.string().nullable() }),
});
export type RunList = z.infer<typeof runListShape>;

const feedId = z.string().max(100).meta({ description: "The id of the feed." });

/** Runs of one feed, or of all, newest first. */
export const listRunsInput = z
  .object({
    feed_id: feedId.optional(),
    limit: queryInteger(1, 200).default(50),
    cursor: z.string().max(200).optional(),
  })
  .prefault({})
  .transform(({ feed_id, ...rest }) => ({ feedId: feed_id, ...rest }));
export type ListRunsInput = z.output<typeof listRunsInput>;

export const setFeedEnabledInput = z
  .object({ feed_id: feedId, enabled: z.boolean() })
  .transform(({ feed_id, enabled }) => ({ feedId: feed_id, enabled }));
export type SetFeedEnabledInput = z.output<typeof setFeedEnabledInput>;

export const feedSwitchShape = z.object({
  data: z.object({ feed_id: z.string(), enabled: z.boolean(), next_due_at: instant.nullable() }),
});
export type FeedSwitch = z.infer<typeof feedSwitchShape>;

export const reviewQuarantineInput = z
  .object({
    feed_id: feedId,
    run_id: z.uuid().meta({ description: "The held run that was looked at." }),
    decision: z.enum(["accept", "keep"]),
  })
  .transform(({ feed_id, run_id, decision }) => ({ feedId: feed_id, runId: run_id, decision }));
export type ReviewQuarantineInput = z.output<typeof reviewQuarantineInput>;

export const reviewedShape = z.object({
  data: z.object({ feed_id: z.string(), decision: z.enum(["kept", "accepted"]) }),
});
export type Reviewed = z.infer<typeof reviewedShape>;

export const requestRunInput = z.object({ feed_id: feedId }).transform(({ feed_id }) => ({ feedId: feed_id }));
export type RequestRunInput = z.output<typeof requestRunInput>;

export const requestedRunShape = z.object({
  data: z.object({
    feed_id: z.string(),
    state: z.enum(["due", "running"]).meta({ description: "`running`: a pull is under way already." }),
  }),
});
export type RequestedRun = z.infer<typeof requestedRunShape>;

/** What code knows of a feed and the database does not; packages/feeds gives it. */
export type FeedDescription = Pick<
  FeedShape,
  | "id"
  | "name"
  | "vendor"
  | "kind"
  | "category"
  | "own"
  | "homepage"
  | "licence"
  | "tlp"
  | "needs_key"
  | "interval_seconds"
> & { state: "on" | "off" | "needs_key" };

type Times = { started_at: Date; finished_at: Date | null };
/** The columns of feed_run, as a statement gives them. */
export type RunRow = Omit<RunShape, keyof Times> & Times;
export type RunSummaryRow = Omit<RunSummary, keyof Times> & Times;

/** The columns that `toRunSummary` needs, for a SELECT on feed_run. */
export const summaryColumns = `id, feed_id, "trigger", node, status, started_at, finished_at, files, bytes, lines, good, bad,
  iocs_new, iocs_changed, sightings_new, error, progress`;
/** The columns that `toRun` needs. */
export const runColumns = `${summaryColumns}, held, bad_lines`;

export function toRunSummary(row: RunSummaryRow): RunSummary {
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
    progress: row.status === "running" ? row.progress : null,
  };
}

export function toRun(row: RunRow): RunShape {
  return { ...toRunSummary(row), held: heldOf(row.held), bad_lines: row.bad_lines };
}

function heldOf(held: RunRow["held"]): QuarantinedFile[] | null {
  return held && held.length > 0 ? held : null;
}
