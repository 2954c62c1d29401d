import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@tocsin/core/context";
import { type Ingested, type PreparedIngest, writeIngest } from "@tocsin/core/iocs";

type Written = Omit<Ingested, "rejected">;
type Flight = { ids: ReadonlySet<string>; done: Promise<void> };

/** Statements of one pull that the database works on at once, while the next batch is read. */
const laneCount = 2;

export type Lanes = {
  /** Comes back as soon as a lane has taken the batch; `onWritten` is called when it is written. Throws what a batch before it threw. */
  send: (prepared: PreparedIngest, onWritten: (result: Written) => void) => Promise<void>;
  /** Waits for all that is under way. Throws what one of them threw. */
  end: () => Promise<void>;
};

/**
 * Writes batches of one pull beside each other. Two that bear on the same IOC are written one after the other, so that
 * what comes of them does not depend on which the database took first.
 */
export function openLanes(ctx: Pick<Context, "sql" | "now">, signal: AbortSignal): Lanes {
  const flights = new Set<Flight>();
  let failure: { error: unknown } | null = null;
  const write = async (prepared: PreparedIngest, onWritten: (result: Written) => void) => {
    try {
      onWritten(await retryConflicts(() => writeIngest(ctx, prepared), signal));
    } catch (error) {
      failure ??= { error };
    }
  };
  const settle = () => {
    if (failure) throw failure.error;
  };
  return {
    send: async (prepared, onWritten) => {
      for (const { ids, done } of [...flights]) if (meet(ids, prepared.ids)) await done;
      if (flights.size >= laneCount) await Promise.race([...flights].map(({ done }) => done));
      settle();
      signal.throwIfAborted();
      const flight: Flight = { ids: prepared.ids, done: Promise.resolve() };
      flight.done = write(prepared, onWritten).finally(() => flights.delete(flight));
      flights.add(flight);
    },
    end: async () => {
      await Promise.all([...flights].map(({ done }) => done));
      settle();
    },
  };
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const id of b) if (a.has(id)) return true;
  return false;
}

/** Two feeds that name the same values may meet in a deadlock; PostgreSQL ends one of them, which then tries again. */
export async function retryConflicts<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 4 || !isConflict(error)) throw error;
      await sleep(100 * 2 ** attempt * Math.random(), undefined, { signal });
    }
  }
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "40P01" || error.code === "40001";
}
