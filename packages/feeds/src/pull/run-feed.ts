import type { Context } from "@tocsin/core/context";
import {
  type BadLine,
  type ClaimedRun,
  type ClaimObstacle,
  claimRun,
  findClaimObstacle,
  type RunCounts,
} from "@tocsin/core/runs";
import { feedState } from "../catalog/select-feeds";
import type { FeedDefinition } from "../definition/feed";
import { pullFiles } from "./files";
import { type Ending, endingOf, endingOfError, finishPull } from "./finish";
import { leaseSeconds, whileLeased } from "./lease";
import { noCounts, type RunFeedOptions, startPull } from "./pull";

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

/**
 * Pulls one feed: claims it, fetches, reads and merges its files, and closes the run. Resolves for whatever happens to a
 * pull; rejects only when the database cannot be asked for the claim.
 */
export async function runFeed(ctx: Context, feed: FeedDefinition, options: RunFeedOptions): Promise<RunReport> {
  const started = performance.now();
  const claim = await claimFeed(ctx, feed, options);
  if ("obstacle" in claim) return skipped(feed, claim.obstacle);

  const { run, minSeconds } = claim;
  const end = new AbortController();
  const pull = startPull(ctx, feed, run, options, end.signal);
  const ending = await whileLeased(pull, end, options.signal, async (): Promise<Ending> => {
    try {
      await pullFiles(pull);
      return endingOf(pull);
    } catch (error) {
      return endingOfError(pull, error);
    }
  });
  const { status, note, offline } = await finishPull(pull, ending, minSeconds);

  const { counts, warnings, badLines } = pull.tally;
  const { bytes, lines, good, bad } = counts;
  const seconds = (performance.now() - started) / 1000;
  const said = { feedId: feed.id, runId: run.id, status, error: note, seconds, ...counts };
  // That nothing can be reached has been said, once for all feeds.
  if (offline) ctx.log.debug(said, "feed pulled");
  else ctx.log.info(said, "feed pulled");
  options.onProgress?.({ feedId: feed.id, phase: "done", bytes, lines, good, bad });
  return { ...counts, feedId: feed.id, runId: run.id, status, seconds, error: ending.error, warnings, badLines };
}

/** A claim, with the shortest time between two pulls that its vendor allows; or why there is none. */
type Claim = { run: ClaimedRun; minSeconds: number | undefined } | { obstacle: string };

/** Takes a feed for this node by the database's clock. Rejects when the database cannot be asked. */
async function claimFeed(ctx: Context, feed: FeedDefinition, options: RunFeedOptions): Promise<Claim> {
  const { settings, trigger, node } = options;
  if (feedState(feed, settings) === "needs_key") return { obstacle: `${feed.needsKey} is not set` };
  // What the vendor allows is no matter of a folder of our own.
  const minSeconds = settings.mirror === undefined ? feed.minSeconds : undefined;
  const run = await claimRun(ctx, { feedId: feed.id, node, trigger, leaseSeconds, minSeconds });
  if (run) return { run, minSeconds };
  const obstacle = await findClaimObstacle(ctx, { feedId: feed.id, trigger, minSeconds });
  return { obstacle: obstacleTexts[obstacle ?? "claimed"] };
}

const obstacleTexts: Record<ClaimObstacle, string> = {
  unknown: "this instance does not have this feed",
  paused: "it is paused",
  claimed: "another node is pulling it",
  too_soon: "it was pulled a short while ago, and its vendor does not allow it sooner",
  not_due: "it is not due",
};

function skipped(feed: FeedDefinition, error: string): RunReport {
  return {
    ...noCounts,
    ...{ feedId: feed.id, runId: null, status: "skipped", seconds: 0, error, warnings: [], badLines: [] },
  };
}
