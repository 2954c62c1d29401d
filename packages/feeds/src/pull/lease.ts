import type { Context } from "@tocsin/core/context";
import { type ClaimedRun, extendClaim, type RunCounts, type RunProgress } from "@tocsin/core/runs";
import type { Pull } from "./pull";

export const leaseSeconds = 120;

/** Why a run that lost its claim ends. */
export class LostClaim extends Error {
  override readonly name = "LostClaim";
}

/** What others see of a run while it goes on. */
type Shown = { counts: RunCounts; progress?: RunProgress | undefined };

/**
 * Renews a run's lease and shows its counts and where it is until `stop()`; when another run has the feed, `lost` is
 * called once. A database that does not answer is asked again: the lease outlives several tries.
 */
export function keepLease(
  ctx: Context,
  run: ClaimedRun,
  shown: Shown,
  lost: () => void,
  everyMs = 3_000,
): { stop: () => Promise<void> } {
  let asking: Promise<void> = Promise.resolve();
  let busy = false;
  const extend = async () => {
    busy = true;
    try {
      const extended = await extendClaim(ctx, { feedId: run.feedId, runId: run.id, leaseSeconds, ...shown });
      if (extended) return;
      clearInterval(timer);
      lost();
    } catch (error) {
      ctx.log.warn({ feedId: run.feedId, runId: run.id, err: error }, "the lease of a run could not be renewed");
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => {
    if (!busy) asking = extend();
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await asking;
    },
  };
}

/**
 * Does `work` while this node has the feed. `end` is aborted when `stop` is, and with `LostClaim` when another run has
 * taken the feed.
 */
export async function whileLeased<Result>(
  { ctx, run, tally }: Pick<Pull, "ctx" | "run" | "tally">,
  end: AbortController,
  stop: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const onStop = () => end.abort(new Error("stopped"));
  stop?.addEventListener("abort", onStop, { once: true });
  if (stop?.aborted) onStop();
  const lease = keepLease(ctx, run, tally, () => end.abort(new LostClaim()));
  try {
    return await work();
  } finally {
    stop?.removeEventListener("abort", onStop);
    await lease.stop();
  }
}
