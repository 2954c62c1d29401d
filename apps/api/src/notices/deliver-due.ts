import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@tocsin/core/context";
import { claimDeliveries, finishDelivery, type Job, type Outcome, releaseDelivery } from "@tocsin/core/notices";
import type { Deps } from "../deps";
import { createMailer } from "../mail/mailer";
import { type Carriers, send } from "./senders";

export type Delivery = Carriers & {
  context: Pick<Context, "sql" | "now" | "peppers" | "instance" | "log">;
};

/** Deliveries that are under way at once in one process. */
const atOnce = 10;
/** Longer than an attempt can take, so that nobody sends what is still being sent. */
const leaseSeconds = 60;
const idleMs = 2_000;

/** Sends what is due until `stop()`, which cuts off what is under way and gives it back to the queue. */
export function startDeliveries(
  deps: Pick<Deps, "context" | "settings" | "version">,
  { timeoutMs = 10_000 } = {},
): { stop: () => Promise<void> } {
  const { context, settings, version } = deps;
  const mailer = settings.mail ? createMailer({ ...settings.mail, timeoutMs }) : null;
  const { webhookPrivate: privateTargets, proxies } = settings;
  const delivery: Delivery = { context, version, privateTargets, mailer, timeoutMs, proxies };
  const stopping = new AbortController();
  const running = run(delivery, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
      mailer?.close();
    },
  };
}

/** Whoever has been answered makes room for the next: a receiver that does not answer holds up nobody else. */
async function run(delivery: Delivery, signal: AbortSignal): Promise<void> {
  const trouble = (error: unknown) => {
    delivery.context.log.warn({ err: error }, "notices could not be sent; the next attempt follows");
    return [];
  };
  const lanes = new Set<Promise<unknown>>();
  while (!signal.aborted) {
    const jobs = await claimDeliveries(delivery.context, { limit: atOnce - lanes.size, leaseSeconds }).catch(trouble);
    for (const job of jobs) {
      const lane = deliver(delivery, job, signal)
        .catch(trouble)
        .finally(() => lanes.delete(lane));
      lanes.add(lane);
    }
    if (lanes.size === atOnce) await Promise.race(lanes);
    else if (jobs.length === 0) await restOr(lanes, signal);
  }
  await Promise.all(lanes);
}

/** Until one of them has ended, or it is time to look again. */
async function restOr(lanes: Iterable<Promise<unknown>>, signal: AbortSignal): Promise<void> {
  const rested = new AbortController();
  const rest = sleep(idleMs, undefined, { signal: rested.signal, ref: false }).catch(() => {});
  await orAborted(Promise.race([rest, ...lanes]), signal);
  rested.abort();
}

/** Sends one batch of what is due; gives how many there were. */
export async function deliverDue(delivery: Delivery, signal: AbortSignal): Promise<number> {
  const jobs = await claimDeliveries(delivery.context, { limit: atOnce, leaseSeconds });
  await Promise.all(jobs.map((job) => deliver(delivery, job, signal)));
  return jobs.length;
}

async function deliver(delivery: Delivery, job: Job, signal: AbortSignal): Promise<void> {
  const { context } = delivery;
  const outcome = await attempt(delivery, job, signal);
  if (outcome === null) return releaseDelivery(context, job);
  if (outcome.error !== null) {
    context.log.info({ delivery: job.id, attempt: job.attempts, error: outcome.error }, "a notice was not delivered");
  }
  await finishDelivery(context, job, outcome);
}

/**
 * Null when the process is stopping: whether the receiver got it is not known, and it is sent again. What was claimed
 * while the stop came is not sent at all: it may be the very message that the stop has just given back to the queue.
 */
async function attempt(delivery: Delivery, job: Job, signal: AbortSignal): Promise<Outcome | null> {
  if (signal.aborted) return null;
  const at = delivery.context.now();
  const started = performance.now();
  const sent = await orAborted(send(delivery, job, signal), signal);
  if (sent === null) return null;
  return { at: at.toISOString(), ms: Math.round(performance.now() - started), ...sent };
}

/** Null as soon as the signal says so; leaves nothing hanging on the signal, which lives as long as the process. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return null;
  let stop = () => {};
  const stopped = new Promise<null>((resolve) => {
    stop = () => resolve(null);
    signal.addEventListener("abort", stop);
  });
  return Promise.race([work, stopped]).finally(() => signal.removeEventListener("abort", stop));
}
