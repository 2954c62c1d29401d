import { atBase } from "./base";
import { problemOf } from "./problem";

const everyMs = 2_000;

let away = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const backAgain = new Set<() => void>();

/** Whether the server did not answer of late; while it is away it is asked again and again. */
export const serverState = {
  isAway: () => away,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  /** Called each time it is back. */
  onBack: (act: () => void) => {
    backAgain.add(act);
    return () => {
      backAgain.delete(act);
    };
  },
};

/** Takes note of an error: no answer, or one of a proxy in front that has none, means that the server is away. */
export function noteFailure(error: unknown): void {
  const { status } = problemOf(error);
  if (away || !(isNetworkError(error, status) || (status !== null && status >= 502 && status <= 504))) return;
  set(true);
  ask();
}

/** A line to the server broke: perhaps it is away. */
export function askWhetherAway(): void {
  if (away) return;
  void isReady().then((ready) => {
    if (away || ready) return;
    set(true);
    ask();
  });
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(atBase("/readyz")).catch(() => null);
  return answer?.ok === true;
}

function isNetworkError(error: unknown, status: number | null): boolean {
  return status === null && error instanceof Error && /fetch|network|load failed/i.test(error.message);
}

function ask(): void {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (!(await isReady())) return ask();
    set(false);
    for (const act of backAgain) act();
  }, everyMs);
}

function set(value: boolean): void {
  away = value;
  for (const listener of listeners) listener();
}
