import { setTimeout as sleep, setImmediate as turnOfTheLoop } from "node:timers/promises";

/** Lets exports and other long work go on in small steps, between which requests that are short go first. */
export type Pace = {
  /** A short request has begun; the answer is called when it ends, once or more often. */
  enter: () => () => void;
  /** Resolves when long work may take its next step: one at a time, and after the short requests that are under way. */
  turn: () => Promise<void>;
  /** Short requests that are under way. */
  short: () => number;
};

/** The longest that one step waits for short requests, in milliseconds: under any load exports go on. */
const patienceMs = 3;

export function createPace(): Pace {
  let short = 0;
  let last: Promise<void> = Promise.resolve();
  const step = async () => {
    await turnOfTheLoop();
    for (const began = performance.now(); short > 0 && performance.now() - began < patienceMs; ) await sleep(1);
  };
  return {
    enter: () => {
      short += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        short -= 1;
      };
    },
    turn: () => {
      last = last.then(step);
      return last;
    },
    short: () => short,
  };
}
