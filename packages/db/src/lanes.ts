import type { Sql } from "./sql";

/**
 * Kinds of work that must not wait for each other: requests that are answered from one statement or two, what people
 * look at in the dashboard, and exports. Everything else (jobs, accounts, changes) has the rest.
 */
export const lanes = ["short", "dashboard", "long"] as const;
export type Lane = (typeof lanes)[number];

/** How long a statement of a lane may take, in milliseconds; then the server ends it with `query_canceled`. */
export const statementTimeoutMs: Readonly<Record<Lane, number>> = { short: 10_000, dashboard: 20_000, long: 60_000 };

/** From so many connections on, each lane has a pool of its own. */
const leastForLanes = 8;

/** How a process shares its connections out; null where they are too few. The rest is for all other work. */
export function connectionsOf(all: number): Record<Lane | "rest", number> | null {
  if (all < leastForLanes) return null;
  const part = Math.floor(all / 5);
  const short = Math.floor(all * 0.3);
  return { short, dashboard: part, long: part, rest: all - short - 2 * part };
}

/** Work of the embedded database, which does one thing at a time: the most urgent first. */
export type Admission = { run: <T>(lane: Lane | "rest", work: () => Promise<T>) => Promise<T> };

const urgency: Readonly<Record<Lane | "rest", number>> = { short: 0, dashboard: 1, rest: 2, long: 3 };
/** What has waited for so long goes first, whatever it is: under any load, exports go on (milliseconds). */
const patienceMs = 500;

type Waiting = { lane: Lane | "rest"; since: number; start: () => void };

export function createAdmission(now: () => number = () => performance.now()): Admission {
  const waiting: Waiting[] = [];
  let busy = false;
  // Who came first stands first: of those that are alike, and of those that have waited too long.
  const next = (): Waiting | undefined => {
    const late = now() - patienceMs;
    const rank = ({ lane, since }: Waiting) => (since <= late ? -1 : urgency[lane]);
    const best = waiting.reduce<Waiting | undefined>(
      (a, b) => (a === undefined || rank(b) < rank(a) ? b : a),
      undefined,
    );
    if (best) waiting.splice(waiting.indexOf(best), 1);
    return best;
  };
  return {
    run: async (lane, work) => {
      if (busy) await new Promise<void>((start) => waiting.push({ lane, since: now(), start }));
      busy = true;
      try {
        return await work();
      } finally {
        const one = next();
        busy = one !== undefined;
        one?.start();
      }
    },
  };
}

/** The same database, with each statement and each transaction admitted in its turn. */
export function admitted(sql: Sql, admission: Admission, lane: Lane | "rest"): Sql {
  return {
    query: (text, values) => admission.run(lane, () => sql.query(text, values)),
    begin: (work) => admission.run(lane, () => sql.begin(work)),
  };
}
