import { setTimeout as sleep, setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { Sql } from "@tocsin/db";

/** Lets exports and other long work go on in small steps, between which requests that are short go first. */
export type Pace = {
  /** A short request has begun; the answer is called when it ends, once or more often. */
  enter: () => () => void;
  /** Resolves when long work may take its next step: one at a time, and after the short requests that are under way. */
  turn: () => Promise<void>;
  /** Runs a statement of long work: while others ask for something short, one after the other. */
  statement: <T>(work: () => Promise<T>) => Promise<T>;
  /** Short requests that are under way. */
  short: () => number;
};

/** The longest that one step waits for short requests, in milliseconds: under any load exports go on. */
const patienceMs = 10;
/** So long after a short request the next one is expected (milliseconds). */
const recentMs = 250;
/** The longest that a statement waits for another one (milliseconds). */
const statementPatienceMs = 500;

export function createPace(): Pace {
  let short = 0;
  let shortAt = Number.NEGATIVE_INFINITY;
  let last: Promise<void> = Promise.resolve();
  const crowded = () => short > 0 || performance.now() - shortAt < recentMs;
  const waiting = new Set<() => void>();
  let running = 0;
  const step = async () => {
    await turnOfTheLoop();
    for (const began = performance.now(); short > 0 && performance.now() - began < patienceMs; ) await sleep(1);
  };
  return {
    enter: () => {
      short += 1;
      shortAt = performance.now();
      let left = false;
      return () => {
        if (left) return;
        left = true;
        short -= 1;
        shortAt = performance.now();
      };
    },
    turn: () => {
      last = last.then(step);
      return last;
    },
    statement: async (work) => {
      if (running > 0 && crowded()) {
        await new Promise<void>((start) => {
          const begin = () => {
            clearTimeout(late);
            waiting.delete(begin);
            start();
          };
          const late = setTimeout(begin, statementPatienceMs);
          waiting.add(begin);
        });
      }
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        for (const begin of [...waiting].slice(0, crowded() ? 1 : undefined)) begin();
      }
    },
    short: () => short,
  };
}

/** Long work's way to a database server, whose processors it leaves to short requests; see `Pace.statement`. */
export function pacedSql({ query, begin }: Sql, pace: Pace): Sql {
  return { query: (text, values) => pace.statement(() => query(text, values)), begin };
}
