import { z } from "zod";
import { queryInteger } from "../errors";
import { categoryShape, countOf, timeOf, timeOrNull, tlpShape, uuid } from "../values";
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
  line: z.int().meta({ description: "The line, counted from 1." }),
  reason: z.string().meta({ description: "Why it gave nothing." }),
  text: z.string().meta({ description: "Its first 200 characters." }),
});
export type BadLine = z.infer<typeof badLineShape>;

/** One pull of one feed, as the wire has it. */
export const runShape = z.object({
  id: uuid.meta({ description: "The id of the run." }),
  feed_id: z.string().meta({ description: "The id of the feed.", example: "urlhaus" }),
  trigger: z
    .enum(["schedule", "manual"])
    .meta({ description: "`schedule`: it was due; `manual`: an operator asked for it.", example: "schedule" }),
  node: z.string().meta({ description: "The process that pulled.", example: "worker-1" }),
  status: z.enum(runStatuses).meta({
    description:
      "`ok`: every file was read; `partial`: some files failed, the others were merged; `unchanged`: nothing new " +
      "since the last pull; `held`: a file was far from what is usual and was held back for a look; " +
      "`failed`: nothing was merged; `lost`: stopped before its end, pulled again when due.",
    example: "ok",
  }),
  started_at: timeOf("When it started."),
  finished_at: timeOrNull("When it ended; null while it runs."),
  files: countOf("Files that were read.", 1),
  bytes: countOf("Bytes that were read, unpacked.", 482_113),
  lines: countOf("Lines that were read, with comments and headers.", 4_012),
  good: countOf("Records that were kept.", 4_000),
  bad: countOf("Records that were refused, whole or in part.", 2),
  iocs_new: countOf("Values that no feed had reported before.", 120),
  iocs_changed: countOf("Known values that this pull changed.", 35),
  sightings_new: countOf("Values that this feed reported for the first time.", 131),
  error: z.string().nullable().meta({
    description: "Why it failed, or what to know about it; null where there is nothing to say.",
    example: null,
  }),
  progress: z
    .object({
      phase: z.enum(["fetch", "check", "merge"]).meta({ description: "What it is at.", example: "fetch" }),
      file: z.string().meta({ description: "The file that it is at.", example: "recent.csv" }),
      bytes: countOf("Bytes of this file, so far.", 65_536),
      total_bytes: z
        .int()
        .nullable()
        .meta({ description: "Bytes of the whole file; null where that is not known.", example: 482_113 }),
    })
    .nullable()
    .meta({ description: "How far a running pull is; null once it has ended.", example: null }),
  held: z.array(quarantinedFileShape).nullable().meta({ description: "Of a held one: which files, and why." }),
  bad_lines: z.array(badLineShape).meta({ description: `The first bad lines, at most ${maxBadLines}.` }),
});
export type RunShape = z.infer<typeof runShape>;

/** A run without its bad lines. */
export const runSummaryShape = runShape
  .omit({ bad_lines: true, held: true })
  .meta({ id: "Run", description: "One pull of a feed." });
export type RunSummary = z.infer<typeof runSummaryShape>;

/** A point of the sparkline. */
export const recentRunShape = runShape
  .pick({ id: true, status: true, started_at: true, good: true, bad: true })
  .meta({ id: "RecentRun", description: "How one pull of a feed went." });

export const feedKinds = ["indicators", "articles", "warninglists", "attack"] as const;

/** One feed: what it is, whether it runs, and how its last runs went. */
export const feedShape = z
  .object({
    id: z.string().meta({ description: "The id of the feed.", example: "urlhaus" }),
    name: z.string().meta({ description: "Its name.", example: "URLhaus" }),
    vendor: z.string().meta({ description: "Who publishes it.", example: "abuse.ch" }),
    own: z.boolean().meta({ description: "Whether an operator of this instance added it.", example: false }),
    sample: z
      .boolean()
      .meta({ description: "Whether it is part of the sample set, and so pulled by nobody.", example: false }),
    kind: z.enum(feedKinds).meta({
      description: "What it brings: indicators, articles that name them, lists of harmless values, or ATT&CK's names.",
      example: "indicators",
    }),
    category: categoryShape.meta({ description: "What the source is." }),
    homepage: z.url().meta({ description: "Where it is described.", example: "https://feed.example/" }),
    licence: z
      .object({
        name: z.string().meta({ description: "The name of the licence.", example: "CC0 1.0" }),
        url: z.url().nullable().meta({
          description: "Where it is written; null where that is not known.",
          example: "https://feed.example/terms",
        }),
        redistribution: z
          .enum(["yes", "no", "unclear"])
          .meta({ description: "Whether it allows to pass the data on.", example: "yes" }),
      })
      .meta({ description: "Under which terms it is published." }),
    tlp: tlpShape.meta({ description: "The TLP 2.0 label that its records get where they bring none." }),
    state: z.enum(feedStates).meta({
      description: "`off`: not selected here; `needs_key`: the vendor asks for a key; `paused`: by an operator.",
      example: "on",
    }),
    needs_key: z.string().nullable().meta({
      description: "The setting that holds the vendor's key; null where it needs none.",
      example: null,
    }),
    interval_seconds: countOf("Seconds from one pull to the next.", 3_600),
    status: z.enum([...runStatuses, "never"]).meta({
      description: "How its last run ended or goes, as a run's `status`; `never` before the first one.",
      example: "ok",
    }),
    failures: countOf("Failed runs since the last good one.", 0),
    unreachable: z.boolean().meta({
      description: "Whether its last pull failed because this instance could reach none of its feeds.",
      example: false,
    }),
    circuit: z.enum(circuitStates).meta({
      description:
        `\`open\` after ${circuitFailures} failures in a row: the feed waits, longer after each further one, up to a day; ` +
        "`half_open`: the pull that decides is due or under way; a good one closes it.",
      example: "closed",
    }),
    held: z
      .object({
        since: timeOf("Since when."),
        run_id: uuid.meta({ description: "The run that held it back." }),
        decision: z.enum(["kept", "accepted"]).nullable().meta({
          description: "What an operator decided: to go on holding it back, or to take it; null while nobody has.",
          example: null,
        }),
      })
      .nullable()
      .meta({
        description: "That what the feed publishes is quarantined, being far from what is usual; null where it is not.",
        example: null,
      }),
    iocs: countOf("Values that this feed has reported.", 1_500),
    last_success_at: timeOrNull("When its last good pull ended; null if there was none."),
    next_due_at: timeOrNull("When it is pulled next; null if it is not pulled."),
    last_run: runSummaryShape.nullable().meta({ description: "Its last run; null before the first one." }),
    recent_runs: z.array(recentRunShape).meta({ description: `Its last runs, newest first, at most ${recentRuns}.` }),
  })
  .meta({ id: "Feed", description: "A feed: what it is, whether it is pulled, and how its pulls went." });
export type FeedShape = z.infer<typeof feedShape>;

export const feedListShape = z
  .object({
    data: z.array(feedShape).meta({ description: "All feeds that the instance knows." }),
    meta: z.object({ total: countOf("How many there are.", 61) }).meta({ description: "About the list." }),
  })
  .meta({ id: "FeedList", description: "The feeds." });
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
