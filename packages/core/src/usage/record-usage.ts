import { randomUUID } from "node:crypto";
import type { Context } from "../context";
import { minuteMs, withTimeout } from "../lib";
import { countTime, type Histogram, mergeHistogram } from "./histogram";
import { createReads, type Read } from "./write-reads";
import { type UsageBatch, type UsageRow, writeUsage } from "./write-usage";

/** One answered request. `route` is the route's template, never the URL. */
export type Use = {
  keyId: string;
  route: string;
  status: number;
  /** What it was charged, in requests; 1 where nothing is said. */
  charged?: number;
  durationMs: number;
  at: Date;
};

export type UsageRecorder = {
  /** Counts in memory: no request waits for the database. */
  record(use: Use): void;
  /** The same for what people read in the dashboard, by workspace and day. */
  recordReads(read: Read): void;
  /**
   * Writes all that is pending in one statement. A flush that fails, or gets no answer within half a minute, rejects
   * and keeps what was pending; what the database stored all the same counts once.
   */
  flush(ctx: Pick<Context, "sql" | "log">): Promise<void>;
  /** Rows that are not known to be written. */
  pending(): number;
  /** Milliseconds for which the oldest of them has waited; 0 without any. */
  waitingMs(): number;
};

/** So long a flush is waited for (milliseconds). */
const patienceMs = 30_000;

/** Routes beyond the memory's bound are counted under this name: no request of a key is lost. */
const otherRoutes = "other";

/**
 * A recorder for one process. It holds at most `maxRows` combinations of key, minute, route and status; beyond that it
 * stops telling routes apart, and at twice as many it drops what is new and says so in the log.
 */
export function createUsageRecorder({ maxRows = 50_000 } = {}): UsageRecorder {
  const recorder = randomUUID();
  let pending = new Map<string, UsageRow>();
  /** What was sent and got no answer; it is sent again as it was. */
  let unsure: UsageBatch | null = null;
  let batches = 0;
  let oldestAt: number | null = null;
  const reads = createReads(maxRows);
  let dropped = 0;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const add = (row: UsageRow) => {
    const known = pending.get(idOf(row));
    if (known) merge(known, row);
    else if (pending.size < maxRows) pending.set(idOf(row), row);
    else if (row.route !== otherRoutes) add({ ...row, route: otherRoutes });
    else if (pending.size < 2 * maxRows) pending.set(idOf(row), row);
    else dropped += row.requests;
  };

  const write = async (ctx: Pick<Context, "sql" | "log">) => {
    if (dropped > 0) ctx.log.warn({ dropped }, "usage was dropped: more was pending than memory allows");
    dropped = 0;
    if (unsure) await send(ctx, unsure);
    if (pending.size === 0) {
      oldestAt = null;
      return;
    }
    unsure = { recorder, number: ++batches, rows: [...pending.values()] };
    pending = new Map();
    const since = performance.now();
    await send(ctx, unsure);
    oldestAt = pending.size > 0 ? since : null;
  };

  const send = async (ctx: Pick<Context, "sql">, batch: UsageBatch) => {
    await withTimeout(writeUsage(ctx, batch), patienceMs, () => {
      throw new Error(`the database did not answer within ${patienceMs} ms`);
    });
    unsure = null;
  };

  const start = (ctx: Pick<Context, "sql" | "log">) => {
    running = write(ctx)
      .then(() => reads.write(ctx))
      .finally(() => {
        running = null;
      });
    return running;
  };

  return {
    record: (use) => {
      oldestAt ??= performance.now();
      add(rowOf(use));
    },
    recordReads: reads.record,
    // Whoever asks while one runs shares the one after it, so that what came meanwhile is written too.
    flush: (ctx) => {
      if (!running) return start(ctx);
      next ??= running
        .catch(() => {})
        .then(() => {
          next = null;
          return running ?? start(ctx);
        });
      return next;
    },
    pending: () => pending.size + (unsure?.rows.length ?? 0) + reads.size(),
    waitingMs: () => (oldestAt === null ? 0 : performance.now() - oldestAt),
  };
}

function rowOf({ keyId, route, status, charged = 1, durationMs, at }: Use): UsageRow {
  const duration = Number.isFinite(durationMs) ? Math.max(0, durationMs) : 0;
  const histogram: Histogram = [];
  countTime(histogram, duration);
  const minute = Math.floor(at.getTime() / minuteMs) * minuteMs;
  return { keyId, minute, route, status, requests: 1, charged, durationMs: duration, histogram, lastAt: at.getTime() };
}

function idOf(row: UsageRow): string {
  return `${row.keyId} ${row.minute} ${row.status} ${row.route}`;
}

function merge(row: UsageRow, other: UsageRow): void {
  row.requests += other.requests;
  row.charged += other.charged;
  row.durationMs += other.durationMs;
  mergeHistogram(row.histogram, other.histogram);
  row.lastAt = Math.max(row.lastAt, other.lastAt);
}
