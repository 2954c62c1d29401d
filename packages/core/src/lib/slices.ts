/** What one stretch of work may take before others get their turn, in ms. */
const sliceMs = 5;

/** Whose turn work takes: `turn` resolves when it may go on, for `ms` milliseconds. */
export type Turn = { readonly turn: () => Promise<void>; readonly ms: number };

/**
 * Does work in slices: at each `yield` it may be interrupted, and the event loop goes on in between. All work of this
 * process takes its turns one by one, each in a round of the loop of its own, so that much of it at once delays nobody
 * more than little does. A step between two `yield`s is not interrupted and should be short.
 */
export async function inSlices<Result>(work: Iterator<unknown, Result>, take: Turn = usual): Promise<Result> {
  for (;;) {
    await take.turn();
    const until = performance.now() + take.ms;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
  }
}

/** Does the same work without a pause. */
export function atOnce<Result>(work: Iterator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** What `read` makes of each item, in their order; interrupted after any. */
export function mapInSlices<Item, Result>(
  items: readonly Item[],
  read: (item: Item, index: number) => Result,
  take?: Turn,
): Promise<Result[]> {
  return inSlices(mapping(items, read), take);
}

function* mapping<Item, Result>(items: readonly Item[], read: (item: Item, index: number) => Result) {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    results.push(read(item, index));
    yield;
  }
  return results;
}

const waiting: (() => void)[] = [];

function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

const usual: Turn = { turn, ms: sliceMs };

// One a round: an immediate that is set by another runs in the round after it, when requests have been read.
function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
