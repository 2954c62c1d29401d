import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../context";
import { AppError } from "../errors";
import { minuteMs, withTimeout } from "../lib";
import { patienceMs } from "./timing";

type AwaitContext = Pick<Context, "sql" | "log" | "revocation">;

/**
 * Resolves when no node answers by what it read before this number: every lease has applied it or has ended by the
 * database's clock. Throws `service_unavailable` when that cannot be confirmed in time, and goes on behind.
 */
export async function awaitNodes(ctx: AwaitContext, number: number): Promise<void> {
  const applied = untilApplied(ctx, number);
  const inTime = await withTimeout(applied, patienceMs, () => false);
  if (inTime) return;
  ctx.log.warn({ number }, "a change is stored, but not every node has confirmed it yet");
  void applied.then((confirmed) => {
    if (confirmed) ctx.log.info({ number }, "every node has confirmed the change now");
    else ctx.log.error({ number }, "a node with a valid lease does not confirm a change");
  });
  throw new AppError("service_unavailable", {
    message:
      "The change is stored and is being applied on every node, but one has not confirmed it yet. Send the request again to have it confirmed.",
    retryAfter: 1,
  });
}

// This node applies what it sets itself before it waits.
async function untilApplied(ctx: AwaitContext, number: number): Promise<boolean> {
  const start = performance.now();
  for (let pauseMs = 1; performance.now() - start < behindMs; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    try {
      const [row] = await ctx.sql.query<{ waiting: boolean }>(waiting, [number, ctx.revocation?.node ?? ""]);
      if (row && !row.waiting) return true;
    } catch (error) {
      ctx.log.debug({ err: error }, "the leases could not be read");
    }
    await sleep(pauseMs);
  }
  return false;
}

const behindMs = minuteMs;
const longestPauseMs = 20;
const waiting = `
  SELECT EXISTS (
    SELECT FROM node_lease WHERE applied < $1::bigint AND expires_at >= clock_timestamp() AND node <> $2
  ) AS waiting`;
