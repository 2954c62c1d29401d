import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@tocsin/core/context";
import {
  type BadLine,
  type ClaimedRun,
  type ClaimObstacle,
  claimRun,
  type FinishedRun,
  findClaimObstacle,
  finishRun,
  nextDueIn,
  type RunCounts,
  type RunOutcome,
  type RunProgress,
} from "@tocsin/core/runs";
import { feedState } from "../catalog/select-feeds";
import type { FeedDefinition, FeedSettings } from "../definition/feed";
import type { FetchLimits } from "../fetch/limits";
import { redactor, secretsOf } from "../fetch/secret";
import { storable } from "../parse/storable";
import { type Pull, pullFiles } from "./files";
import { keepLease, LostClaim, leaseSeconds } from "./lease";
import { explainHeld } from "./quarantine";

export type FeedProgress = {
  feedId: string;
  phase: RunProgress["phase"] | "done";
  /** Of the file at hand: as sent while it is fetched; records of it while it is parsed. */
  bytes: number;
  totalBytes?: number;
  lines: number;
  good: number;
  bad: number;
};

/** How one pull ended. `skipped` opened no run: `error` says why. */
export type RunReport = RunCounts & {
  feedId: string;
  runId: string | null;
  status: "ok" | "partial" | "unchanged" | "held" | "failed" | "lost" | "skipped";
  seconds: number;
  error: string | null;
  warnings: readonly string[];
  badLines: readonly BadLine[];
};

export type RunFeedOptions = {
  node: string;
  trigger: "schedule" | "manual";
  settings: FeedSettings;
  onProgress?: (progress: FeedProgress) => void;
  signal?: AbortSignal;
  limits?: Partial<FetchLimits>;
};

/**
 * Pulls one feed from claim to finish. Resolves for whatever happens to a pull; rejects only when the database cannot
 * be asked for the claim.
 */
export async function runFeed(ctx: Context, feed: FeedDefinition, options: RunFeedOptions): Promise<RunReport> {
  const started = performance.now();
  const { settings, trigger, node } = options;
  if (feedState(feed, settings) === "needs_key") return skipped(feed, `${feed.needsKey} is not set`);
  // What the vendor allows is no matter of a folder of our own.
  const minSeconds = settings.mirror === undefined ? feed.minSeconds : undefined;
  const run = await claimRun(ctx, { feedId: feed.id, node, trigger, leaseSeconds, minSeconds });
  if (!run) {
    const obstacle = await findClaimObstacle(ctx, { feedId: feed.id, trigger, minSeconds });
    return skipped(feed, obstacleTexts[obstacle ?? "held"]);
  }

  const pull: Pull = {
    counts: { files: 0, bytes: 0, lines: 0, good: 0, bad: 0, iocsNew: 0, iocsChanged: 0, sightingsNew: 0 },
    badLines: [],
    warnings: [],
    failures: [],
    held: [],
    revoked: 0,
    ended: 0,
    unchanged: 0,
    validators: { ...run.validators },
  };
  const ending = await pulled(ctx, feed, options, run, pull);
  const delay = nextDueIn({
    outcome: ending.outcome,
    failures: run.failures + 1,
    intervalSeconds: feed.intervalSeconds,
    minSeconds,
    retryAfterSeconds: ending.retryAfterSeconds,
    chance: Math.random(),
  });
  const note = ending.error ?? (storable(pull.warnings.join("; "), 1_000) || null);
  const { counts, badLines, warnings, validators } = pull;
  const held = await finish(ctx, {
    feedId: feed.id,
    runId: run.id,
    outcome: ending.outcome,
    counts,
    error: note,
    badLines,
    held: pull.held,
    nextDueInSeconds: delay,
    validators,
  });
  const status = held ? ending.outcome : "lost";
  const seconds = (performance.now() - started) / 1000;
  ctx.log.info({ feedId: feed.id, runId: run.id, status, error: note, seconds, ...counts }, "feed pulled");
  options.onProgress?.({ feedId: feed.id, phase: "done", bytes: counts.bytes, ...pick(counts) });
  return { ...counts, feedId: feed.id, runId: run.id, status, seconds, error: ending.error, warnings, badLines };
}

type Ending = { outcome: RunOutcome; error: string | null; retryAfterSeconds?: number | undefined };

async function pulled(
  ctx: Context,
  feed: FeedDefinition,
  options: RunFeedOptions,
  run: ClaimedRun,
  pull: Pull,
): Promise<Ending> {
  const redact = redactor(...secretsOf(feed, options.settings));
  const ended = new AbortController();
  const stop = () => ended.abort(new Error("stopped"));
  options.signal?.addEventListener("abort", stop, { once: true });
  if (options.signal?.aborted) stop();
  const lease = keepLease(ctx, run, pull, () => ended.abort(new LostClaim()));
  try {
    await pullFiles(ctx, feed, { ...options, run, redact, signal: ended.signal }, pull);
    return endingOf(pull, feed.kind, redact);
  } catch (error) {
    if (ended.signal.aborted) {
      const lost = ended.signal.reason instanceof LostClaim;
      return { outcome: "lost", error: lost ? "another node holds the feed now" : "stopped before its end" };
    }
    const message = redact(error instanceof Error ? error.message : String(error)).slice(0, 500);
    ctx.log.error({ feedId: feed.id, runId: run.id, error: message }, "a pull failed unexpectedly");
    return {
      outcome: "failed",
      error: `an unexpected error ended the run (${nameOf(error)}); the log has its message`,
    };
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await lease.stop();
  }
}

function endingOf(pull: Pull, kind: FeedDefinition["kind"], redact: (text: string) => string): Ending {
  const { failures, counts, unchanged, held } = pull;
  if (failures.length + held.length === 0) return endingOfRead(counts);
  const said = failures.slice(0, 5).map(({ file, message }) => `${file}: ${message}`);
  const more = failures.length > 5 ? [`and ${failures.length - 5} files more`] : [];
  const outcome = counts.files + unchanged > 0 ? "partial" : "failed";
  const parts = [
    ...(held.length > 0 ? [explainHeld(held, kind === "articles" ? kind : "indicators")] : []),
    ...said,
    ...more,
  ];
  return {
    outcome: held.length > 0 ? "held" : outcome,
    error: storable(redact(parts.join("; ")), 1_000),
    retryAfterSeconds: Math.max(0, ...failures.map((failure) => failure.retryAfterSeconds ?? 0)),
  };
}

/** From this share of bad records on, a body is worth a look. */
const notableShare = 0.1;

function endingOfRead({ files, good, bad }: RunCounts): Ending {
  if (files === 0) return { outcome: "unchanged", error: null };
  if (bad <= notableShare * (good + bad)) return { outcome: "ok", error: null };
  const said = `${bad} of ${good + bad} records could not be read`;
  return { outcome: good > 0 ? "partial" : "failed", error: said };
}

/** The claim should be given back even when the database is away for a moment; else it ends with its lease. */
async function finish(ctx: Context, run: FinishedRun): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await finishRun(ctx, run);
    } catch (error) {
      const { feedId, runId } = run;
      ctx.log.error({ feedId, runId, attempt, err: error }, "a run could not be closed");
      if (attempt === 3) return false;
      await sleep(500 * attempt);
    }
  }
}

function pick({ lines, good, bad }: RunCounts): Pick<RunCounts, "lines" | "good" | "bad"> {
  return { lines, good, bad };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? `${error.name} ${error.code}` : error.name;
}

const obstacleTexts: Record<ClaimObstacle, string> = {
  unknown: "this instance does not have this feed",
  paused: "it is paused",
  held: "another node is pulling it",
  too_soon: "it was pulled a short while ago, and its vendor does not allow it sooner",
  not_due: "it is not due",
};

function skipped(feed: FeedDefinition, error: string): RunReport {
  const none = { files: 0, bytes: 0, lines: 0, good: 0, bad: 0, iocsNew: 0, iocsChanged: 0, sightingsNew: 0 };
  return { ...none, feedId: feed.id, runId: null, status: "skipped", seconds: 0, error, warnings: [], badLines: [] };
}
