import type { Charge, WindowState } from "../access";
import type { Context } from "../context";
import type { ErrorCode } from "../errors";
import { createBoundedMap, dayMs } from "../lib";
import type { NoticeSetting } from "./channels";
import { makeNotices, type NoticeDraft } from "./make-notices";
import { networkOf } from "./network";
import { quotaPercents } from "./shape";
import { type RefusalRow, type Seen, writeNetworks, writeRefusals } from "./write-activity";

type Key = { id: string; name: string; workspaceId: string };

/** What notices are made of, gathered in memory while requests are answered: none of them waits for the database. */
export type ActivityRecorder = {
  /** The key was used from this address. */
  used(key: Key, address: string | null, at: Date): void;
  /** A request of the key was charged, or refused because a window was full. */
  charged(key: Key, charge: Charge): void;
  /** A request was refused though its key is known. */
  refused(keyId: string, code: ErrorCode, at: Date): void;
  /** Writes what is pending. What a failed flush left is written by the next. */
  flush(ctx: Pick<Context, "sql" | "log">, setting: NoticeSetting): Promise<void>;
  pending(): { networks: number; quotas: number; refusals: number };
};

/** Networks of one key that are remembered: who comes from everywhere must not fill the memory for the others. */
const pendingOfKey = 50;
/** The length of a slot in which refusals are added up. */
const slotMs = 10_000;

type Bounds = { maxPending: number; known: number };

/** A recorder for one process; beyond `maxPending` of a kind what is new is left out, and seen again when it repeats. */
export function createActivityRecorder({ maxPending = 10_000, known = 100_000 } = {}): ActivityRecorder {
  const networks = pendingNetworks({ maxPending, known });
  const quotas = pendingQuotas({ maxPending, known });
  const refusals = new Map<string, RefusalRow>();
  let running: Promise<void> = Promise.resolve();

  const write = async (ctx: Pick<Context, "sql" | "log">, setting: NoticeSetting) => {
    await take(quotas.pending, (drafts) => makeNotices(ctx.sql.query, drafts, setting));
    await take(refusals, (rows) => writeRefusals(ctx, rows), addRefusal);
    await take(networks.pending, async (seen) => {
      await writeNetworks(ctx, seen, setting);
      networks.remember(seen);
    });
  };

  return {
    used: networks.see,
    charged: (key, charge) => {
      const full = !charge.accepted && charge.window === "day";
      quotas.meter(key, "key", charge.perDay, full && charge.of === "key", charge.at);
      quotas.meter(key, "workspace", charge.pool.perDay, full && charge.of === "pool", charge.at);
    },
    refused: (keyId, code, at) => {
      const slot = Math.floor(at.getTime() / slotMs) * slotMs;
      const id = `${keyId} ${slot} ${code}`;
      const row = refusals.get(id);
      if (row) row.refused += 1;
      else if (refusals.size < maxPending) refusals.set(id, { keyId, slot, code, refused: 1 });
    },
    flush: (ctx, setting) => {
      const done = running.then(() => write(ctx, setting));
      running = done.catch(() => {});
      return done;
    },
    pending: () => ({ networks: networks.pending.size, quotas: quotas.pending.size, refusals: refusals.size }),
  };
}

function pendingNetworks({ maxPending, known }: Bounds) {
  const pending = new Map<string, Seen>();
  const ofKey = new Map<string, number>();
  // The day on which a pair of key and network was last written.
  const written = createBoundedMap<number>(known);
  // The address that a key came from last, and the day on which its network was written: most requests end here.
  const latest = createBoundedMap<{ address: string; day: number }>(known);
  return {
    pending,
    see: (key: Key, address: string | null, at: Date): void => {
      const day = dayOf(at);
      const last = latest.get(key.id);
      if (last?.address === address && last.day === day) return;
      const network = networkOf(address);
      if (network === null || address === null) return;
      const id = `${key.id} ${network}`;
      if (written.get(id) === day) {
        latest.set(key.id, { address, day });
        return;
      }
      const others = ofKey.get(key.id) ?? 0;
      if (pending.has(id) || pending.size >= maxPending || others >= pendingOfKey) return;
      ofKey.set(key.id, others + 1);
      pending.set(id, { keyId: key.id, network, address, at });
    },
    /** They are written. */
    remember: (seen: readonly Seen[]): void => {
      for (const { keyId, network, at } of seen) written.set(`${keyId} ${network}`, dayOf(at));
      ofKey.clear();
    },
  };
}

function pendingQuotas({ maxPending, known }: Bounds) {
  const pending = new Map<string, NoticeDraft>();
  const notified = createBoundedMap<true>(known);
  return {
    pending,
    meter: (key: Key, of: "key" | "workspace", state: WindowState | null, full: boolean, at: Date): void => {
      if (!state || state.limit <= 0) return;
      const reached = full || state.remaining <= 0;
      const warning = 1 - state.remaining / state.limit >= quotaPercents.warning / 100;
      if (!reached && !warning) return;
      const draft = draftOf(key, of, state, reached ? "reached" : "warning", at);
      const id = `${draft.kind} ${draft.occasion}`;
      if (notified.get(id) || pending.size >= maxPending) return;
      notified.set(id, true);
      pending.set(id, draft);
    },
  };
}

/** Empties the map into `write`; when that fails, what was taken is put back beside what came meanwhile. */
async function take<T>(
  pending: Map<string, T>,
  write: (rows: T[]) => Promise<unknown>,
  add?: (into: T, taken: T) => void,
): Promise<void> {
  if (pending.size === 0) return;
  const taken = [...pending];
  pending.clear();
  try {
    await write(taken.map(([, row]) => row));
  } catch (error) {
    for (const [id, row] of taken) {
      const since = pending.get(id);
      if (since === undefined) pending.set(id, row);
      else add?.(since, row);
    }
    throw error;
  }
}

function addRefusal(into: RefusalRow, taken: RefusalRow): void {
  into.refused += taken.refused;
}

function draftOf(
  key: Key,
  of: "key" | "workspace",
  { limit, resetAt }: WindowState,
  level: "warning" | "reached",
  at: Date,
): NoticeDraft {
  // The day that the window is of: by the limiter's clock, which may be ahead of this one.
  const day = new Date(resetAt.getTime() - dayMs).toISOString().slice(0, 10);
  return {
    kind: `quota.${level}`,
    workspaceId: key.workspaceId,
    key: of === "key" ? { id: key.id, name: key.name } : null,
    occasion: `${of === "key" ? key.id : "workspace"} ${day}`,
    details: { of, percent: quotaPercents[level], limit, day, resets_at: resetAt.toISOString() },
    at,
  };
}

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / dayMs);
}
