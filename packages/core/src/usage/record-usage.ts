import type { Context } from "../context";
import { minuteMs } from "../lib";
import { countTime, type Histogram, mergeHistogram } from "./histogram";
import { type UsageRow, writeUsage } from "./write-usage";

/** One answered request. `route` is the route's template, never the URL. */
export type Use = { keyId: string; route: string; status: number; durationMs: number; at: Date };

export type UsageRecorder = {
  /** Counts in memory: no request waits for the database. */
  record(use: Use): void;
  /** Writes all that is pending in one statement. A flush that fails rejects and keeps what was pending. */
  flush(ctx: Pick<Context, "sql" | "log">): Promise<void>;
  /** Rows that the next flush would write. */
  pending(): number;
};

/** Routes beyond the memory's bound are counted under this name: no request of a key is lost. */
const otherRoutes = "other";

/**
 * A recorder for one process. It holds at most `maxRows` combinations of key, minute, route and status; beyond that it
 * stops telling routes apart, and at twice as many it drops what is new and says so in the log.
 */
export function createUsageRecorder({ maxRows = 50_000 } = {}): UsageRecorder {
  let pending = new Map<string, UsageRow>();
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
    const taken = pending;
    if (taken.size === 0) return;
    pending = new Map();
    try {
      await writeUsage(ctx, [...taken.values()]);
    } catch (error) {
      const since = pending;
      pending = taken;
      for (const row of since.values()) add(row);
      throw error;
    }
  };

  const start = (ctx: Pick<Context, "sql" | "log">) => {
    running = write(ctx).finally(() => {
      running = null;
    });
    return running;
  };

  return {
    record: (use) => add(rowOf(use)),
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
    pending: () => pending.size,
  };
}

function rowOf({ keyId, route, status, durationMs, at }: Use): UsageRow {
  const duration = Number.isFinite(durationMs) ? Math.max(0, durationMs) : 0;
  const histogram: Histogram = [];
  countTime(histogram, duration);
  const minute = Math.floor(at.getTime() / minuteMs) * minuteMs;
  return { keyId, minute, route, status, requests: 1, durationMs: duration, histogram, lastAt: at.getTime() };
}

function idOf(row: UsageRow): string {
  return `${row.keyId} ${row.minute} ${row.status} ${row.route}`;
}

function merge(row: UsageRow, other: UsageRow): void {
  row.requests += other.requests;
  row.durationMs += other.durationMs;
  mergeHistogram(row.histogram, other.histogram);
  row.lastAt = Math.max(row.lastAt, other.lastAt);
}
