import { expect, it } from "vitest";
import { type Bound, createSlots } from "./slots";

const bound = (subject: string, most: number, kind: Bound["kind"] = "requests"): Bound => ({
  of: "key",
  kind,
  subject,
  most,
});

it("gives a slot of every bound or of none, and names the bound that is full", () => {
  const slots = createSlots();
  const both = [bound("key:a", 2), bound("workspace:w", 3)];
  const first = slots.take(both);
  expect([first.ok, slots.take(both).ok]).toEqual([true, true]);
  expect(slots.take(both)).toEqual({ ok: false, bound: both[0] });
  expect(slots.used("workspace:w", "requests")).toBe(2);
  const other = [bound("key:b", 2), bound("workspace:w", 3)];
  expect(slots.take(other).ok).toBe(true);
  expect(slots.take(other)).toEqual({ ok: false, bound: other[1] });
});

it("takes a slot back once, however often it is given back, and remembers nobody who has none", () => {
  const slots = createSlots();
  const [one, two] = [slots.take([bound("key:a", 5)]), slots.take([bound("key:a", 5)])];
  if (!one.ok || !two.ok) throw new Error("there was room");
  one.release();
  one.release();
  expect(slots.used("key:a", "requests")).toBe(1);
  two.release();
  expect(slots.size()).toBe(0);
});

it("counts exports apart from requests", () => {
  const slots = createSlots();
  expect(slots.take([bound("key:a", 1)]).ok).toBe(true);
  expect(slots.take([bound("key:a", 1, "exports")]).ok).toBe(true);
  expect(slots.take([bound("key:a", 1)]).ok).toBe(false);
});
