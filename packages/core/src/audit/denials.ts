import type { Prisma } from "@tocsin/db";
import type { Context, Origin } from "../context";
import type { ErrorCode } from "../errors";
import { minuteMs } from "../lib";
import { type Actor, actorColumns } from "./append-event";
import { appendToChain, type EventDraft } from "./append-to-chain";

/** Someone known was refused: who, where, when and why. */
export type Denial = {
  workspaceId: string;
  actor: Actor;
  code: ErrorCode;
  /** The route's template or the procedure's name, never the URL. */
  route: string;
  origin: Origin;
  at: Date;
  details?: Prisma.InputJsonObject | undefined;
};

export type DenialRecorder = {
  /** Counts in memory: a refusal never waits for the database. */
  record(denial: Denial): void;
  /** Writes what is due, or with `all`, before the process ends, what is pending. A flush that fails keeps what was pending. */
  flush(ctx: Pick<Context, "db" | "log" | "now" | "auditKeys">, options?: { all?: boolean }): Promise<void>;
  /** Denials that are not written yet. */
  pending(): number;
};

type Pending = { denial: Denial; firstAt: Date; lastAt: Date; count: number; written: boolean };

/**
 * Turns refusals into `access.denied` events, so that no flood of them becomes a flood of rows. Refusals of one actor
 * with one code on one route from one address are one event with a count: the first flush writes it, and what repeats
 * within the minute is one more event when the minute is over. At most `maxPending` are told apart; beyond that an
 * actor's refusals with one code are one, and at twice as many the log alone says how many were dropped.
 */
export function createDenialRecorder({ maxPending = 2_000 } = {}): DenialRecorder {
  const pending = new Map<string, Pending>();
  let dropped = 0;
  let running: Promise<void> = Promise.resolve();

  const add = (denial: Denial, id: string, limit: number): boolean => {
    const known = pending.get(id);
    if (known) {
      known.count += 1;
      known.lastAt = denial.at;
    } else if (pending.size < limit) {
      pending.set(id, { denial, firstAt: denial.at, lastAt: denial.at, count: 1, written: false });
    } else return false;
    return true;
  };

  const write = async (ctx: Pick<Context, "db" | "log" | "now" | "auditKeys">, all: boolean) => {
    const now = ctx.now();
    if (dropped > 0) ctx.log.warn({ dropped }, "denials were dropped: more came than are kept apart");
    dropped = 0;
    const due = dueOf(pending, now, all);
    const entries = due.map(({ entry }) => entry);
    if (entries.length > 0) await writeDenials(ctx, entries);
    for (const { id, entry, count } of due) {
      takeWritten(entry, count);
      if (all && entry.count === 0) pending.delete(id);
    }
    forgetOver(pending, now);
  };

  return {
    record: (denial) => {
      const coarse = `${denial.workspaceId} ${denial.actor.type} ${denial.actor.id} ${denial.code}`;
      const fine = `${coarse} ${denial.origin.ip} ${denial.route}`;
      if (add(denial, fine, maxPending)) return;
      const folded = { ...denial, route: "various", origin: { ...denial.origin, ip: null } };
      if (!add(folded, coarse, 2 * maxPending)) dropped += 1;
    },
    flush: (ctx, { all = false } = {}) => {
      const done = running.then(() => write(ctx, all));
      running = done.catch(() => {});
      return done;
    },
    pending: () => [...pending.values()].reduce((sum, { count }) => sum + count, 0),
  };
}

/** Whether the minute that an event sums up is over. */
function isOver({ firstAt }: Pending, now: Date): boolean {
  return now.getTime() - firstAt.getTime() >= minuteMs;
}

/** Those of whom nothing came within their minute: their next refusal is the first of a new event. */
function forgetOver(pending: Map<string, Pending>, now: Date): void {
  for (const [id, entry] of pending) if (entry.count === 0 && isOver(entry, now)) pending.delete(id);
}

/** What is to be written, with the counts as they are now: they may grow while it is written. */
function dueOf(pending: ReadonlyMap<string, Pending>, now: Date, all: boolean) {
  return [...pending]
    .filter(([, entry]) => entry.count > 0 && (all || !entry.written || isOver(entry, now)))
    .map(([id, entry]) => ({ id, entry, count: entry.count }));
}

/** Takes off what was written; what came meanwhile begins a minute of its own. */
function takeWritten(entry: Pending, count: number): void {
  entry.count -= count;
  if (entry.written && entry.count > 0) entry.firstAt = entry.lastAt;
  entry.written = true;
}

/** One transaction; the chains in the order of their ids, so that two nodes cannot wait for each other. */
async function writeDenials(
  ctx: Pick<Context, "db" | "now" | "auditKeys">,
  entries: readonly Pending[],
): Promise<void> {
  const chains = new Map<string, EventDraft[]>();
  for (const entry of entries) {
    const { workspaceId } = entry.denial;
    const drafts = chains.get(workspaceId) ?? [];
    drafts.push(draftOf(entry));
    chains.set(workspaceId, drafts);
  }
  const inOrder = [...chains].sort(([a], [b]) => (a < b ? -1 : 1));
  await ctx.db.$transaction(async (tx) => {
    for (const [workspaceId, drafts] of inOrder) await appendToChain(ctx, tx, workspaceId, drafts);
  });
}

function draftOf({ denial, firstAt, lastAt, count, written }: Pending): EventDraft {
  const { actor, code, details, origin, route } = denial;
  return {
    ...actorColumns(actor),
    at: written ? lastAt : firstAt,
    action: "access.denied",
    outcome: "denied",
    ip: origin.ip,
    userAgent: origin.userAgent,
    requestId: origin.requestId,
    targetType: "route",
    targetId: null,
    targetName: route,
    reason: code,
    details: { ...details, count },
  };
}
