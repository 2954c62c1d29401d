/** How work is put together: so many pieces of it at once, each for so many who ask. */
type Bounds = { readonly atOnce: number; readonly most: number };

/** Whether a database refused what it was given (SQLSTATE class 22), and is not itself in trouble. */
const isOfAsk = (error: unknown) => String((error as { code?: unknown } | null)?.code).startsWith("22");

type Waiting<Ask, Answer> = { ask: Ask; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

/**
 * Lets one piece of work answer all who ask while others are under way: whoever asks first is answered without a wait, and
 * the work for an ask always begins after it. `run` gives one answer for each ask, in their order. Where the database
 * refuses what several gave it, each is tried alone, so that nobody fails by what somebody else has asked for.
 */
export function createGatherer<Ask, Answer>(
  run: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
  { atOnce, most }: Bounds,
): (ask: Ask) => Promise<Answer> {
  const waiting: Waiting<Ask, Answer>[] = [];
  let running = 0;
  const begin = async () => {
    running += 1;
    const some = waiting.splice(0, most);
    await answer(run, some);
    running -= 1;
    if (waiting.length > 0) void begin();
  };
  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      if (running < atOnce) void begin();
    });
}

async function answer<Ask, Answer>(
  run: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
  some: readonly Waiting<Ask, Answer>[],
): Promise<void> {
  try {
    const answers = await run(some.map(({ ask }) => ask));
    for (const [at, { resolve }] of some.entries()) resolve(answers[at] as Answer);
  } catch (error) {
    if (some.length > 1 && isOfAsk(error)) for (const one of some) await answer(run, [one]);
    else for (const one of some) one.reject(error);
  }
}

/**
 * Lets those who ask for the same at the same time share one answer; `key` says what is asked for. While one is on its way,
 * whoever comes shares the next, since the work for an answer always begins after it was asked for.
 */
export function createSharer<Answer>(): (key: string, work: () => Promise<Answer>) => Promise<Answer> {
  const lines = new Map<string, { now: Promise<Answer>; next: Promise<Answer> | null }>();
  const begin = (key: string, work: () => Promise<Answer>): Promise<Answer> => {
    const line = { now: work(), next: null };
    lines.set(key, line);
    const end = () => {
      if (lines.get(key) === line && line.next === null) lines.delete(key);
    };
    line.now.then(end, end);
    return line.now;
  };
  return (key, work) => {
    const line = lines.get(key);
    if (line === undefined) return begin(key, work);
    const ended = line.now.then(
      () => {},
      () => {},
    );
    line.next ??= ended.then(() => begin(key, work));
    return line.next;
  };
}
