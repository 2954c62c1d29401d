import { expect, it } from "vitest";
import { createPace } from "./pace";

/** Work that ends when it is told to. */
function gate() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const state = { began: false };
  const work = () => {
    state.began = true;
    return ended;
  };
  return { state, work, end };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it("runs statements of long work at once while nobody asks for something short", async () => {
  const pace = createPace();
  const [one, two] = [gate(), gate()];
  const both = [pace.statement(one.work), pace.statement(two.work)];
  await settled();
  expect([one.state.began, two.state.began]).toEqual([true, true]);
  one.end();
  two.end();
  await Promise.all(both);
});

it("runs them one after the other, whatever becomes of each, while somebody does", async () => {
  const pace = createPace();
  const leave = pace.enter();
  const [one, two, three] = [gate(), gate(), gate()];
  const first = pace.statement(async () => {
    await one.work();
    throw new Error("cut");
  });
  const others = [pace.statement(two.work), pace.statement(three.work)];
  await settled();
  expect([one, two, three].map(({ state }) => state.began)).toEqual([true, false, false]);
  one.end();
  await expect(first).rejects.toThrow("cut");
  await settled();
  expect([two, three].map(({ state }) => state.began)).toEqual([true, false]);
  two.end();
  three.end();
  await Promise.all(others);
  leave();
});
