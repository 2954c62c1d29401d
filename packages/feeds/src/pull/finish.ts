import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@tocsin/core/context";
import {
  type Connectivity,
  type FinishedRun,
  finishRun,
  nextDueIn,
  offlineWait,
  type RunCounts,
  type RunOutcome,
  readConnectivity,
  wakeUnreachable,
} from "@tocsin/core/runs";
import { storable } from "../parse/storable";
import { LostClaim } from "./lease";
import type { Pull } from "./pull";
import { explainQuarantine } from "./quarantine";

/** How a pull ended, in words for its record. */
export type Ending = {
  outcome: RunOutcome;
  error: string | null;
  retryAfterSeconds?: number | undefined;
  /** None of the feed's servers could be reached. */
  unreachable?: boolean;
};

/** From this share of bad records on, a body is worth a look. */
const notableShare = 0.1;
const hourSeconds = 3_600;
/** Files that an error names. */
const mostNamed = 5;

/** The ending of a pull that came to the end of its files. */
export function endingOf({ feed, redact, tally }: Pull): Ending {
  const { failures, counts, unchanged, quarantined } = tally;
  if (failures.length + quarantined.length === 0) return endingOfRead(counts);
  const named = failures.slice(0, mostNamed).map(({ file, message }) => `${file}: ${message}`);
  const more = failures.length > mostNamed ? [`and ${failures.length - mostNamed} files more`] : [];
  const kind = feed.kind === "articles" ? feed.kind : "indicators";
  const parts = [...(quarantined.length > 0 ? [explainQuarantine(quarantined, kind)] : []), ...named, ...more];
  const outcome = counts.files + unchanged > 0 ? "partial" : "failed";
  return {
    outcome: quarantined.length > 0 ? "held" : outcome,
    error: storable(redact(parts.join("; ")), 1_000),
    unreachable: outcome === "failed" && quarantined.length === 0 && failures.every(({ unreachable }) => unreachable),
    retryAfterSeconds: Math.max(0, ...failures.map((failure) => failure.retryAfterSeconds ?? 0)),
  };
}

function endingOfRead({ files, good, bad }: RunCounts): Ending {
  if (files === 0) return { outcome: "unchanged", error: null };
  if (bad <= notableShare * (good + bad)) return { outcome: "ok", error: null };
  const said = `${bad} of ${good + bad} records could not be read`;
  return { outcome: good > 0 ? "partial" : "failed", error: said };
}

/** The ending of a pull that an error ended, or that was to stop. */
export function endingOfError({ ctx, feed, run, redact, signal }: Pull, error: unknown): Ending {
  if (signal.aborted) {
    const lost = signal.reason instanceof LostClaim;
    return { outcome: "lost", error: lost ? "another node holds the feed now" : "stopped before its end" };
  }
  const message = redact(error instanceof Error ? error.message : String(error)).slice(0, 500);
  ctx.log.error({ feedId: feed.id, runId: run.id, error: message }, "a pull failed unexpectedly");
  return {
    outcome: "failed",
    error: `an unexpected error ended the run (${nameOf(error)}); the log has its message`,
  };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? `${error.name} ${error.code}` : error.name;
}

/** Closes a run: gives the claim back, with what was read and when the feed is due again. */
export async function finishPull(
  { ctx, feed, run, tally }: Pull,
  ending: Ending,
  minSeconds: number | undefined,
): Promise<{ status: RunOutcome; note: string | null; offline: boolean }> {
  const { outcome, unreachable = false } = ending;
  const before = await findConnectivity(ctx);
  const offline = unreachable && before.offline;
  const nextDueInSeconds = offline
    ? offlineWait({ feeds: before.feeds, chance: Math.random() })
    : nextDueIn({
        ...{ outcome, failures: run.failures + 1, intervalSeconds: feed.intervalSeconds, minSeconds },
        ...{ retryAfterSeconds: ending.retryAfterSeconds, chance: Math.random() },
      });
  const note = storable([ending.error ?? [], ...tally.warnings].flat().join("; "), 1_000) || null;
  // The rest of a repository is fetched as soon as its host may be asked again.
  const dueIn = tally.left > 0 ? Math.min(nextDueInSeconds, Math.max(minSeconds ?? 0, hourSeconds)) : nextDueInSeconds;
  const { counts, badLines, quarantined, validators } = tally;
  const closed = await closeRun(ctx, {
    ...{ feedId: feed.id, runId: run.id, outcome, error: note },
    ...{ counts, badLines, held: quarantined, nextDueInSeconds: dueIn, validators },
    ...(unreachable ? { unreachable: offline ? "instance" : "feed" } : {}),
  });
  if (closed && outcome !== "lost") await noteConnectivity(ctx, before, unreachable);
  return { status: closed ? outcome : "lost", note, offline };
}

const online: Connectivity = { offline: false, since: null, feeds: 0 };

/** Not worth the run's record where the database is away for a moment. */
async function findConnectivity(ctx: Context): Promise<Connectivity> {
  return readConnectivity(ctx).catch(() => online);
}

/** Says once that nothing can be reached, and that something can again; then all are pulled soon. */
async function noteConnectivity(ctx: Context, before: Connectivity, unreachable: boolean): Promise<void> {
  if (before.offline && !unreachable) {
    ctx.log.info({ since: before.since }, "feeds can be reached again; those that could not be are pulled now");
    await wakeUnreachable(ctx).catch((error: unknown) => ctx.log.warn({ err: error }, "feeds could not be made due"));
  }
  if (before.offline || !unreachable) return;
  const { offline } = await findConnectivity(ctx);
  if (offline) {
    ctx.log.warn(
      {},
      "no feed can be reached: check the network of this machine, set HTTPS_PROXY, or read feeds from a folder " +
        "(TOCSIN_FEED_MIRROR); until then they are tried less often, and this is not said again for each",
    );
  }
}

/** The claim should be given back even when the database is away for a moment; else it ends with its lease. */
async function closeRun(ctx: Context, run: FinishedRun): Promise<boolean> {
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
