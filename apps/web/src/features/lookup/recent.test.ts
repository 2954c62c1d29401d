import { expect, it } from "vitest";
import { type Recent, withLatest } from "./recent";

const recent = (value: string): Recent => ({ value, type: "domain", score: null });

it("keeps the last eight lookups, each value once, the latest first", () => {
  const names = ["a", "b", "a", "c", "d", "e", "f", "g", "h", "i"];
  const list = names.reduce<Recent[]>((all, name) => withLatest(all, recent(name)), []);
  expect(list.map((each) => each.value)).toEqual(["i", "h", "g", "f", "e", "d", "c", "a"]);
});
