import type { Line, OpenLine } from "@tocsin/db";
import type { Context, Tombstone } from "../context";
import { databaseLeaseMs, fenceChannel, leaseMs, renewEveryMs } from "./timing";
import type { Tombstones } from "./tombstones";

/** A node's right to answer from memory. */
export type Lease = {
  holds: () => boolean;
  /** Gives the lease back; from the call on it does not hold. */
  stop: () => Promise<void>;
};

/** The embedded database has one process, which hears of every tombstone as it is set. */
export const localLease: Lease = { holds: () => true, stop: async () => {} };

type Options = {
  node: string;
  openLine: OpenLine;
  tombstones: Tombstones;
  log: Context["log"];
  /** The fence has gone back, as after a restored backup: nothing in memory counts. */
  onReset: () => void;
};

/**
 * Renews the lease of this node until `stop()`, on a connection of its own. What a renewal has given counts only when
 * the next one, sent after its answer, has brought the tombstones: a revoker that commits after that snapshot finds
 * the lease; see docs/decisions/0005-revocation-fence.md.
 */
export function holdLease(options: Options): Lease {
  const { node, tombstones, log } = options;
  const alarm = createAlarm();
  const line = createLeaseLine(options, alarm.ring);
  /** The start of the last renewal that lengthened the lease, and of the one before, which counts. */
  let renewed: Moment = never;
  let counted: Moment = never;
  let stopped = false;
  let failing = false;
  const holds = () => !stopped && isWithin(counted, leaseMs);

  const renew = async () => {
    const { query } = await line.open();
    const applied = tombstones.applied();
    const sent = moment();
    const rows = await query<RenewalRow>(renewal, [node, applied, databaseLeaseMs, catchUpLimit]);
    const found = rows.flatMap(({ number, subject }) => (number === null ? [] : [{ number, subject }]));
    const head = Number(rows[0]?.head);
    if (!tombstones.advance(applied, head, found)) options.onReset();
    counted = renewed;
    // The database lengthens no lease of a node that was behind.
    if (applied === head) renewed = sent;
    if (failing) log.info({ node }, "the lease is renewed again");
    failing = false;
    // Whoever waits for this node waits for what it has just applied; a first renewal does not count yet.
    if (tombstones.applied() === applied && holds()) await alarm.sleep(renewEveryMs);
  };

  const run = async () => {
    while (!stopped) {
      try {
        await renew();
      } catch (error) {
        line.close();
        if (!failing)
          log.warn({ node, err: error }, "the lease could not be renewed: without it, the database is asked");
        failing = true;
        await alarm.sleep(retryMs);
      }
    }
    await giveBack(line, node);
  };
  const running = run();

  return {
    holds,
    stop: async () => {
      stopped = true;
      alarm.ring();
      await running;
    },
  };
}

type LeaseLine = {
  /** The connection at hand, else a new one. */
  open: () => Promise<Line>;
  close: () => void;
};

/** A connection that brings the tombstones as they are set; `onNews` is called for each, and when it ends. */
function createLeaseLine({ openLine, tombstones }: Options, onNews: () => void): LeaseLine {
  let line: Line | null = null;
  const connect = async (): Promise<Line> => {
    const fresh: Line = await openLine({
      timeoutMs: leaseMs,
      onEnd: () => {
        line = null;
        onNews();
      },
    });
    line = fresh;
    await fresh.listen(fenceChannel, (payload) => {
      const tombstone = readNotice(payload);
      if (tombstone?.number === tombstones.applied() + 1) tombstones.record(tombstone);
      onNews();
    });
    return fresh;
  };
  return {
    open: async () => line ?? connect(),
    close: () => {
      line?.close();
      line = null;
    },
  };
}

/** On another connection where the one at hand is lost; where none can be had, the lease ends by itself. */
async function giveBack(line: LeaseLine, node: string): Promise<void> {
  for (let tries = 1; tries <= 2; tries++) {
    try {
      const { query } = await line.open();
      await query("DELETE FROM node_lease WHERE node = $1", [node]);
      break;
    } catch {
      line.close();
    }
  }
  line.close();
}

const retryMs = 100;
/** A node that is farther behind forgets everything instead. */
const catchUpLimit = 1_000;

type RenewalRow = { head: number } & ({ number: number; subject: string } | { number: null; subject: null });

// One snapshot for the head and the tombstones: none is missing below the head. Who is behind acknowledges and learns,
// but its lease is not lengthened: whatever a node does, a revoker waits for one lease at most.
const renewal = `
  WITH renewed AS (
    INSERT INTO node_lease (node, applied, expires_at, started_at)
    SELECT $1, $2::bigint, clock_timestamp() + CASE WHEN head = $2::bigint THEN $3::int ELSE 0 END * interval '1 ms',
      clock_timestamp()
    FROM fence
    ON CONFLICT (node) DO UPDATE SET applied = excluded.applied, expires_at =
      CASE WHEN excluded.applied = (SELECT head FROM fence) THEN excluded.expires_at ELSE node_lease.expires_at END
  )
  SELECT fence.head, t.number, t.subject
  FROM fence LEFT JOIN LATERAL (
    SELECT number, subject FROM tombstone WHERE number > $2::bigint ORDER BY number LIMIT $4::int
  ) t ON true`;

function readNotice(payload: string): Tombstone | null {
  const [, number, subject] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(payload) ?? [];
  return number && subject ? { number: Number(number), subject } : null;
}

/** By the monotonic clock, and by the other one too: it alone moves on while the machine sleeps. */
type Moment = { steady: number; wall: number };
const never: Moment = { steady: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };

function moment(): Moment {
  return { steady: performance.now(), wall: Date.now() };
}

function isWithin(since: Moment, ms: number): boolean {
  return performance.now() - since.steady < ms && Date.now() - since.wall < ms;
}

/** A sleep that a ring ends, also one that rang before it began. */
function createAlarm() {
  let rung = false;
  let wake = () => {};
  return {
    ring: () => {
      rung = true;
      wake();
    },
    sleep: async (ms: number) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
    },
  };
}
