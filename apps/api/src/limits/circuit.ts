/** Calls to something that may be gone or slow: none waits longer than the patience, and none at all while it is down. */
export type Circuit = {
  /** The answer, or null when there was none in time; then the circuit is open until a probe succeeds. */
  call<T>(run: () => Promise<T>): Promise<T | null>;
  isUp(): boolean;
  /** Begins to probe; resolves when the first one succeeds, or after `waitMs`. */
  start(waitMs: number): Promise<void>;
  /** Probes now rather than when it is due. */
  hurry(): void;
  stop(): void;
};

export type CircuitOptions = {
  patienceMs: number;
  /** Fails as a call would. */
  probe: () => Promise<unknown>;
  /** Once for each time that it goes down, or does not come up at the start. */
  onDown: (error: Error) => void;
  onUp: () => void;
};

const firstWaitMs = 100;
const longestWaitMs = 2_000;
/** Who has been up for so long is trusted anew. */
const trustedAfterMs = 30_000;

export function createCircuit({ patienceMs, probe, onDown, onUp }: CircuitOptions): Circuit {
  const waiting = new Set<() => void>();
  const started = new Set<() => void>();
  let state: "idle" | "starting" | "up" | "down" = "idle";
  let timer: NodeJS.Timeout | undefined;
  let probing = false;
  let stopped = false;
  let wait = firstWaitMs;
  let upSince = 0;

  const goDown = (error: Error) => {
    if (state !== "up" && state !== "starting") return;
    if (state === "up" && performance.now() - upSince > trustedAfterMs) wait = firstWaitMs;
    state = "down";
    for (const giveUp of [...waiting]) giveUp();
    onDown(error);
    schedule();
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void tryProbe(), wait * (0.75 + Math.random() / 2)).unref();
    wait = Math.min(longestWaitMs, wait * 2);
  };
  const tryProbe = async () => {
    if (probing || stopped || state === "up") return;
    probing = true;
    const answered = await inTime(probe, patienceMs).then(
      () => true,
      () => false,
    );
    probing = false;
    if (stopped) return;
    if (!answered) return schedule();
    state = "up";
    upSince = performance.now();
    for (const resolve of started) resolve();
    onUp();
  };

  return {
    call: (run) => (state === "up" ? callWithin(run, { patienceMs, waiting, goDown }) : Promise.resolve(null)),
    isUp: () => state === "up",
    start: (waitMs) =>
      new Promise((resolve) => {
        state = "starting";
        const late = setTimeout(() => {
          goDown(new Error(`no answer within ${waitMs} ms of the start`));
          resolve();
        }, waitMs);
        started.add(() => {
          clearTimeout(late);
          resolve();
        });
        void tryProbe();
      }),
    hurry: () => void tryProbe(),
    stop: () => {
      stopped = true;
      state = "idle";
      clearTimeout(timer);
      for (const giveUp of [...waiting]) giveUp();
    },
  };
}

/** Null when it fails, when it is late (both end the circuit) or when the circuit is ended while it is `waiting`. */
function callWithin<T>(
  run: () => Promise<T>,
  { patienceMs, waiting, goDown }: { patienceMs: number; waiting: Set<() => void>; goDown: (error: Error) => void },
): Promise<T | null> {
  return new Promise<T | null>((resolve) => {
    const settle = (value: T | null) => {
      stopWaiting();
      waiting.delete(giveUp);
      resolve(value);
    };
    const giveUp = () => settle(null);
    waiting.add(giveUp);
    const stopWaiting = afterPatience(patienceMs, () => goDown(new Error(`no answer within ${patienceMs} ms`)));
    run().then(settle, (error) => {
      giveUp();
      goDown(error instanceof Error ? error : new Error(String(error)));
    });
  });
}

/** A process that was busy for longer than the patience reads what lies in its sockets before it complains. */
function afterPatience(patienceMs: number, complain: () => void): () => void {
  let second: NodeJS.Immediate | undefined;
  const first = setTimeout(() => {
    second = setImmediate(complain);
  }, patienceMs);
  return () => {
    clearTimeout(first);
    clearImmediate(second);
  };
}

function inTime(run: () => Promise<unknown>, patienceMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stopWaiting = afterPatience(patienceMs, () => reject(new Error("late")));
    run().then(resolve, reject).finally(stopWaiting);
  });
}
