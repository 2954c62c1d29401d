import type { Context } from "@tocsin/core/context";
import { type ClaimedRun, extendClaim, type RunCounts, type RunProgress } from "@tocsin/core/runs";

export const leaseSeconds = 120;

/** Why a run that lost its claim ends. */
export class LostClaim extends Error {
  override readonly name = "LostClaim";
}

/**
 * Renews a run's lease and shows its counts and where it is until `stop()`; when another run holds the feed, `lost` is called once. A
 * database that does not answer is asked again: the lease outlives several tries.
 */
export function keepLease(
  ctx: Context,
  run: ClaimedRun,
  shown: { counts: RunCounts; progress?: RunProgress | undefined },
  lost: () => void,
  everyMs = 3_000,
): { stop: () => Promise<void> } {
  let asking: Promise<void> = Promise.resolve();
  let busy = false;
  const extend = async () => {
    busy = true;
    try {
      const held = await extendClaim(ctx, { feedId: run.feedId, runId: run.id, leaseSeconds, ...shown });
      if (held) return;
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
