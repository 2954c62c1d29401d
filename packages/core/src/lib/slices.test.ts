import { expect, it } from "vitest";
import { inSlices, mapInSlices } from "./slices";

it("gives what the work returns, in the order of its items", async () => {
  expect(await mapInSlices([1, 2, 3], (one, index) => one * 10 + index)).toEqual([10, 21, 32]);
  expect(await mapInSlices([], () => 0)).toEqual([]);
});

it("throws what the work throws", async () => {
  const broken = mapInSlices([1], () => {
    throw new Error("not this one");
  });
  await expect(broken).rejects.toThrow("not this one");
  expect(await mapInSlices([1], (one) => one)).toEqual([1]);
});

it("gives the event loop a round between two slices, of whatever work", async () => {
  const rounds: string[] = [];
  let open = 3;
  const busy = function* (name: string) {
    for (let step = 0; step < 3; step += 1) {
      rounds.push(name);
      const until = performance.now() + 10;
      while (performance.now() < until);
      yield;
    }
    open -= 1;
  };
  const tick = () => {
    rounds.push("loop");
    if (open > 0) setImmediate(tick);
  };
  setImmediate(tick);
  await Promise.all(["a", "b", "c"].map((name) => inSlices(busy(name))));
  // Each slice is over its time: never two of them in one round.
  const text = rounds.join(" ");
  expect(text).not.toMatch(/[abc] [abc]/);
  expect(rounds.filter((name) => name !== "loop")).toHaveLength(9);
});
