import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { createTextReader, type TextReader } from "./text-reader";

/** A thread that answers each text with itself as a technique, but never ends with `hang`, and fails with `fail`. */
const echo = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ text }) => {
    while (text === "hang");
    if (text === "fail") throw new Error("broken");
    parentPort.postMessage({ kind: "found", found: { techniques: [text] } });
  });
  parentPort.postMessage({ kind: "ready" });
`;

const readers: TextReader[] = [];
afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.close())));

/** A reader on such threads, and how many of them it has started. */
function reader(options: { limitMs?: number; mostWaiting?: number; code?: string } = {}) {
  let started = 0;
  const { code = echo, ...rest } = options;
  const made = createTextReader({
    ...rest,
    start: () => {
      started += 1;
      return new Worker(code, { eval: true });
    },
  });
  readers.push(made);
  return { read: async (text: string) => (await made.read(text)).techniques, started: () => started, made };
}

describe("texts", () => {
  it("are read by the real thread, started from the sources", async () => {
    const made = createTextReader();
    readers.push(made);
    const { values } = await made.read("C2: evil[.]example");
    expect(values).toMatchObject([{ type: "domain", value: "evil.example", role: "indicator" }]);
  });

  it("are read one after the other in one thread, which is started by the first", async () => {
    const { read, started } = reader();
    expect(started()).toBe(0);
    expect(await Promise.all(["a", "b", "c"].map(read))).toEqual([["a"], ["b"], ["c"]]);
    expect(started()).toBe(1);
  });

  it("that take too long are refused, and those behind them are read", async () => {
    const { read, started } = reader({ limitMs: 500 });
    const [hung, next] = await Promise.allSettled([read("hang"), read("a")]);
    expect(hung).toMatchObject({
      reason: { code: "invalid_parameter", details: { fields: [{ field: "text" }] } },
    });
    expect(next).toMatchObject({ value: ["a"] });
    expect(started()).toBe(2);
  });

  it("that break the thread fail alone", async () => {
    const { read } = reader();
    const [broken, next] = await Promise.allSettled([read("fail"), read("a")]);
    expect(broken).toMatchObject({ reason: { code: "service_unavailable" } });
    expect(next).toMatchObject({ value: ["a"] });
  });

  it("end no process where their thread fails while it is ended", async () => {
    const worker = new Worker(echo, { eval: true });
    const made = createTextReader({ start: () => worker });
    await made.read("a");
    const closed = made.close();
    // As a thread does that runs out of memory then: without anybody who listens, this throws.
    expect(worker.emit("error", new Error("late"))).toBe(true);
    await closed;
  });

  it("are refused where too many wait", async () => {
    const { read } = reader({ mostWaiting: 2 });
    const answers = await Promise.allSettled(["a", "b", "c"].map(read));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(answers[2]).toMatchObject({ reason: { code: "service_unavailable", retryAfter: 1 } });
  });

  it("are all refused by a thread that does not start", async () => {
    const { read, started } = reader({ code: "throw new Error('no')" });
    const answers = await Promise.allSettled(["a", "b"].map(read));
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(started()).toBe(1);
  });

  it("that wait when all ends are refused", async () => {
    const { read, made } = reader();
    const reading = read("hang");
    await Promise.all([expect(reading).rejects.toMatchObject({ code: "service_unavailable" }), made.close()]);
  });
});
