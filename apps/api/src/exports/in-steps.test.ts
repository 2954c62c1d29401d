import { expect, it } from "vitest";
import { createPace } from "../limits/pace";
import { inSteps } from "./in-steps";

async function* pages(count: number, size: number) {
  for (let page = 0; page < count; page += 1) yield Array.from({ length: size }, (_, n) => page * size + n);
}

it("gives every record once, in order, in steps of at most 50", async () => {
  const seen: number[] = [];
  for await (const step of inSteps(createPace(), pages(3, 120))) {
    expect(step.length).toBeLessThanOrEqual(50);
    seen.push(...step);
  }
  expect(seen).toEqual(Array.from({ length: 360 }, (_, n) => n));
});

it("gives the event loop a round before each step while a short request is under way, and goes on all the same", async () => {
  const pace = createPace();
  const leave = pace.enter();
  let rounds = 0;
  let over = false;
  const tick = () => {
    rounds += 1;
    if (!over) setImmediate(tick);
  };
  setImmediate(tick);
  let steps = 0;
  for await (const _ of inSteps(pace, pages(2, 500))) {
    steps += 1;
    expect(rounds).toBeGreaterThanOrEqual(steps);
  }
  over = true;
  expect(steps).toBe(20);
  leave();
});

it("takes a turn for what the steps before it have used up", async () => {
  let turns = 0;
  const pace = {
    ...createPace(),
    turn: async () => {
      turns += 1;
    },
  };
  for await (const _ of inSteps(pace, pages(1, 150))) {
    const until = performance.now() + 5;
    while (performance.now() < until);
  }
  expect(turns).toBe(3);
});
