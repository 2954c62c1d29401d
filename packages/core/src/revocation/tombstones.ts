import type { Tombstone } from "../context";

/** The tombstones that this node applies. */
export type Tombstones = {
  /** Every tombstone up to this number is applied. */
  applied: () => number;
  /** Counts the tombstones that came, so that whoever has asked need not ask again. */
  generation: () => number;
  /** Applies one tombstone, in whatever order they come. */
  record: (tombstone: Tombstone) => void;
  /**
   * Applies what the database says: its `head`, and its tombstones above `since`. Where some are missing, everything read
   * before `head` is worth nothing. Returns false when the head has gone back: then everything is.
   */
  advance: (since: number, head: number, rows: readonly Tombstone[]) => boolean;
  /** Whether facts that were read when the fence stood at `head` still count, for all of their subjects. */
  isFresh: (head: number, ...subjects: readonly string[]) => boolean;
};

/** Remembers the last `capacity` subjects; what was read before an older tombstone counts no longer. */
export function createTombstones(capacity = 10_000): Tombstones {
  const latest = new Map<string, number>();
  let applied = 0;
  let floor = 0;
  let generation = 0;

  const keep = ({ number, subject }: Tombstone) => {
    const known = latest.get(subject) ?? 0;
    latest.delete(subject);
    latest.set(subject, Math.max(known, number));
    if (latest.size <= capacity) return;
    for (const [oldest, last] of latest) {
      latest.delete(oldest);
      floor = Math.max(floor, last);
      break;
    }
  };

  return {
    applied: () => applied,
    generation: () => generation,
    record: (tombstone) => {
      keep(tombstone);
      if (tombstone.number === applied + 1) applied = tombstone.number;
      generation += 1;
    },
    advance: (since, head, rows) => {
      const back = head < since;
      if (back) {
        latest.clear();
        applied = floor = head;
      } else {
        for (const row of rows) keep(row);
        if (rows.length !== head - since) floor = Math.max(floor, head);
        applied = Math.max(applied, head);
      }
      if (back || head > since) generation += 1;
      return !back;
    },
    isFresh: (head, ...subjects) => head >= floor && subjects.every((subject) => head >= (latest.get(subject) ?? 0)),
  };
}
