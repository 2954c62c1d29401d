import { expect, it } from "vitest";
import { createBoundedMap } from "./bounded-map";

it("holds no more than its capacity, and lets go first of what nobody reads", () => {
  const map = createBoundedMap<number>(3);
  for (const [name, value] of [
    ["a", 1],
    ["b", 2],
    ["c", 3],
  ] as const)
    map.set(name, value);
  expect(map.get("a")).toBe(1);
  map.set("d", 4);
  expect(map.size()).toBe(3);
  expect([map.get("a"), map.get("b"), map.get("c"), map.get("d")]).toEqual([1, undefined, 3, 4]);
});

it("finds room also when everything was read", () => {
  const map = createBoundedMap<number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.get("a");
  map.get("b");
  map.set("c", 3);
  expect(map.size()).toBe(2);
  expect(map.get("c")).toBe(3);
});

it("keeps one value a name", () => {
  const map = createBoundedMap<number>(2);
  map.set("a", 1);
  map.set("a", 2);
  expect([map.get("a"), map.size()]).toEqual([2, 1]);
  map.clear();
  expect([map.get("a"), map.size()]).toEqual([undefined, 0]);
});
