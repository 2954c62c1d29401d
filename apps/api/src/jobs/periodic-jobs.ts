import { archiveArticles } from "@tocsin/core/articles";
import { checkpointChains } from "@tocsin/core/audit";
import { ageIocs, analyseIngested, announceAttack, foldTally, purgeIocs } from "@tocsin/core/iocs";
import { dayMs, minuteMs } from "@tocsin/core/lib";
import { endUnusedKeys, pruneNotices, sweepNotices, sweepUnusedKeys } from "@tocsin/core/notices";
import { prunePastes } from "@tocsin/core/pastes";
import { tidySample } from "@tocsin/core/sample";
import { refreshStats } from "@tocsin/core/stats";
import { rollUpUsage } from "@tocsin/core/usage";
import { remarkIocs } from "@tocsin/core/warninglists";
import { pruneMatches } from "@tocsin/core/watchlists";
import { finishDeletions } from "@tocsin/core/workspaces";
import type { Deps } from "../deps";
import { feedStandings } from "../settings/feed-standings";
import { noticeSetting } from "../settings/notice-setting";

const retryMs = 10 * minuteMs;

type PeriodicJob = { name: string; everyMs: number; run: (ended: () => boolean) => Promise<unknown> };

/** Runs what a worker does beside pulling feeds, each job when it is due, until `stop()`, which waits for what is under way. */
export function startPeriodicJobs(deps: Pick<Deps, "context" | "settings">): { stop: () => Promise<void> } {
  const { context, settings } = deps;
  const jobs: PeriodicJob[] = [
    // A chain gets a checkpoint an hour at most; asking more often makes up for restarts.
    { name: "write audit checkpoints", everyMs: 5 * minuteMs, run: () => checkpointChains(context) },
    { name: "remove what workspaces left", everyMs: minuteMs, run: () => finishDeletions(context) },
    { name: "find what needs a notice", everyMs: minuteMs, run: () => sweepNotices(context, noticeSetting(settings)) },
    {
      name: "find unused keys",
      everyMs: 60 * minuteMs,
      run: () => sweepUnusedKeys(context, noticeSetting(settings)),
    },
    {
      name: "end unused keys",
      everyMs: 60 * minuteMs,
      run: () => endUnusedKeys(context, noticeSetting(settings)),
    },
    // Asking is cheap, counting is not: it is done when it is due, by whichever worker asks first.
    { name: "count what is stored", everyMs: 15_000, run: () => refreshStats(context) },
    {
      name: "add up what was counted",
      everyMs: 2_000,
      run: (ended) => untilDone(ended, () => foldTally(context)),
    },
    // After a large ingest; small ones are told by the figures, and looked at for nothing.
    { name: "analyse what was filled", everyMs: 15_000, run: () => analyseIngested(context) },
    { name: "age what is stored", everyMs: minuteMs, run: (ended) => untilDone(ended, () => ageIocs(context)) },
    {
      name: "tidy up after the sample set",
      everyMs: minuteMs,
      run: async () => tidySample(context, await feedStandings(context)),
    },
    {
      name: "delete what was withdrawn long ago",
      everyMs: dayMs,
      run: (ended) => untilDone(ended, () => purgeIocs(context, { days: settings.withdrawnDays })),
    },
    {
      name: "mark what is on warninglists",
      everyMs: minuteMs,
      run: (ended) =>
        untilDone(ended, async () => ({ full: !(await remarkIocs(context, { settledMs: minuteMs })).done })),
    },
    {
      name: "delete old watchlist matches",
      everyMs: dayMs,
      run: (ended) => untilDone(ended, () => pruneMatches(context, { days: settings.matchDays })),
    },
    {
      name: "publish what ATT&CK has renamed",
      everyMs: minuteMs,
      run: (ended) => untilDone(ended, () => announceAttack(context, { settledMs: minuteMs })),
    },
    { name: "delete old notices", everyMs: dayMs, run: () => pruneNotices(context) },
    { name: "delete expired pastes", everyMs: 60 * minuteMs, run: () => prunePastes(context) },
    { name: "archive articles", everyMs: dayMs, run: () => archiveArticles(context, settings.articleDays) },
    { name: "roll up usage", everyMs: dayMs, run: () => rollUp(context, settings.usageRetention) },
  ];
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;
  const schedule = (job: PeriodicJob, afterMs: number) => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const work: Promise<void> = job
        .run(() => stopped)
        .then(() => job.everyMs)
        .catch((error: unknown) => {
          context.log.warn({ err: error }, `could not ${job.name}; the next attempt follows`);
          return Math.min(job.everyMs, retryMs);
        })
        .then((next) => {
          running.delete(work);
          schedule(job, next);
        });
      running.add(work);
    }, afterMs);
    timer.unref();
    timers.add(timer);
  };
  for (const job of jobs) schedule(job, Math.min(job.everyMs, minuteMs));
  return {
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

/** Batch after batch, each a transaction of its own, until there is no more or the worker ends. */
async function untilDone(ended: () => boolean, work: () => Promise<{ full: boolean }>): Promise<void> {
  for (let full = true; full && !ended(); ) full = (await work()).full;
}

async function rollUp(context: Deps["context"], keep: Deps["settings"]["usageRetention"]): Promise<void> {
  const report = await rollUpUsage(context, keep);
  context.log.info(report, "usage was rolled up");
}
