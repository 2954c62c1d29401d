/** Runs work a few at a time, in the order in which it came. */
export type Turns = { run: <T>(work: () => Promise<T>) => Promise<T>; waiting: () => number };

export function createTurns(atOnce: number): Turns {
  const queue: (() => void)[] = [];
  let running = 0;
  return {
    run: async (work) => {
      if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
      else running += 1;
      try {
        return await work();
      } finally {
        // A place that is handed on stays taken.
        const next = queue.shift();
        if (next) next();
        else running -= 1;
      }
    },
    waiting: () => queue.length,
  };
}
