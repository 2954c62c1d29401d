import { afterEach, expect, it, vi } from "vitest";
import { withTimeout } from "./time-out";

afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => {});

it("gives what comes in time, and clears its timer", async () => {
  vi.useFakeTimers();
  expect(await withTimeout(Promise.resolve(1), 1_000, () => "late")).toBe(1);
  await expect(withTimeout(Promise.reject(new Error("broken")), 1_000, () => "late")).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});

it("gives or throws what is said of one that is late", async () => {
  expect(await withTimeout(never, 1, () => "late")).toBe("late");
  const fail = () => {
    throw new Error("took too long");
  };
  await expect(withTimeout(never, 1, fail)).rejects.toThrow("took too long");
});

it("leaves no unhandled rejection when the work or what is said of it fails too late", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  let reject = (_: Error) => {};
  const work = new Promise<never>((_, no) => {
    reject = no;
  });
  expect(await withTimeout(work, 1, () => "late")).toBe("late");
  reject(new Error("after the end"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
