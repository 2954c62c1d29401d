import type { Worker } from "node:worker_threads";
import { currentEditions } from "@tocsin/core/attack";
import { AppError, invalidParameter } from "@tocsin/core/errors";
import type { TextFindings } from "@tocsin/core/extraction";
import type { Answer, Asked } from "./messages";
import { startThread } from "./start-thread";

/** Reads texts in a thread of its own, so that nobody else waits for it. */
export type TextReader = {
  /** Throws `invalid_parameter` for a text that takes too long, `service_unavailable` where too many wait. */
  read: (text: string) => Promise<TextFindings>;
  close: () => Promise<void>;
};

/** Milliseconds that a text may take, and after which a thread without work is given up. */
const usual = { limitMs: 10_000, idleMs: 60_000, mostWaiting: 64, start: startThread };

type Job = {
  readonly text: string;
  readonly resolve: (found: TextFindings) => void;
  readonly reject: (error: Error) => void;
};

/**
 * One thread, started with the first text and ended when none has come for a while. Texts wait for it in their order; one
 * that takes too long ends it, is refused, and the others go on in a new one.
 */
export function createTextReader(options: Partial<typeof usual> = {}): TextReader {
  const { limitMs, idleMs, mostWaiting, start } = { ...usual, ...options };
  const waiting: Job[] = [];
  let thread: { worker: Worker; ready: boolean; sent: Asked["editions"] } | null = null;
  let running: Job | null = null;
  let timer: NodeJS.Timeout | undefined;

  const end = (): Promise<unknown> => {
    clearTimeout(timer);
    const { worker } = thread ?? {};
    thread = null;
    // What goes wrong with it from here on is nobody's, and must not end the process.
    worker?.removeAllListeners().on("error", () => {});
    return worker?.terminate() ?? Promise.resolve();
  };
  const settle = (how: (job: Job) => void) => {
    const job = running;
    running = null;
    clearTimeout(timer);
    if (job) how(job);
  };
  const fail = (error: Error) => {
    void end();
    settle((job) => job.reject(error));
    next();
  };
  const begin = () => {
    const worker = start();
    thread = { worker, ready: false, sent: null };
    worker.unref();
    worker.on("message", (answer: Answer) => {
      if (answer.kind === "ready" && thread) thread.ready = true;
      if (answer.kind === "found") settle((job) => job.resolve(answer.found));
      next();
    });
    worker.on("error", (error) => {
      // One that does not even start would not the next time either.
      if (!running) for (const job of waiting.splice(0)) job.reject(unavailable(error));
      fail("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY" ? tooMuch() : unavailable(error));
    });
  };
  const next = () => {
    if (running) return;
    const [first] = waiting;
    if (!first) {
      clearTimeout(timer);
      timer = setTimeout(() => void end(), idleMs).unref();
      return;
    }
    if (!thread) return begin();
    if (!thread.ready) return;
    waiting.shift();
    running = first;
    const editions = currentEditions();
    thread.worker.postMessage({ text: first.text, editions: editions === thread.sent ? null : editions });
    thread.sent = editions;
    clearTimeout(timer);
    timer = setTimeout(() => fail(tooLong(limitMs)), limitMs);
  };
  return {
    read: (text) => {
      if (waiting.length >= mostWaiting) return Promise.reject(unavailable());
      return new Promise<TextFindings>((resolve, reject) => {
        waiting.push({ text, resolve, reject });
        next();
      });
    },
    close: async () => {
      for (const job of waiting.splice(0)) job.reject(unavailable());
      settle((job) => job.reject(unavailable()));
      await end();
    },
  };
}

function tooLong(limitMs: number): Error {
  const problem = `takes longer to read than ${limitMs / 1_000} seconds`;
  return invalidParameter({ field: "text", problem, allowed: "a shorter text, or parts of it one by one" });
}

function tooMuch(): Error {
  const problem = "takes more memory to read than there is for it";
  return invalidParameter({ field: "text", problem, allowed: "a shorter text, or parts of it one by one" });
}

function unavailable(cause?: unknown): Error {
  return new AppError("service_unavailable", { retryAfter: 1, ...(cause === undefined ? {} : { cause }) });
}
