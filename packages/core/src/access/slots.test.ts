import { expect, it } from "vitest";
import { type Bound, createSlots, type Taken } from "./slots";

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

const hour = 3_600_000;
const release = (taken: Taken) => {
  if (!taken.ok) throw new Error(`no slot of ${taken.bound.subject}`);
  taken.release();
};

it("serves who waits in the order in which they came, as slots are given back", async () => {
  const slots = createSlots();
  const one = [bound("key:a", 1)];
  const running = slots.take(one);
  const order: string[] = [];
  const waiting = ["first", "second"].map((name) => {
    const { taken } = slots.wait(one, hour);
    return taken.then((got) => {
      order.push(name);
      release(got);
    });
  });
  expect(slots.waiting(bound("key:a", 1))).toBe(2);
  release(running);
  await Promise.all(waiting);
  expect(order).toEqual(["first", "second"]);
  expect([slots.size(), slots.waiting(bound("key:a", 1))]).toEqual([0, 0]);
});

it("lets one that waits for one bound and then for another keep nobody behind it waiting", async () => {
  const slots = createSlots();
  const [key, workspace] = [bound("key:a", 1), bound("workspace:w", 1)];
  const runs = [slots.take([key]), slots.take([workspace])] as const;
  const both = slots.wait([key, workspace], hour);
  const alone = slots.wait([key], hour);
  release(runs[0]);
  release(await alone.taken);
  release(runs[1]);
  release(await both.taken);
  expect(slots.size()).toBe(0);
});

it("gives nothing to one whose time is over or who has gone, and forgets it", async () => {
  const slots = createSlots();
  const one = [bound("key:a", 1)];
  const running = slots.take(one);
  const late = slots.wait(one, 1);
  expect(await late.taken).toEqual({ ok: false, bound: one[0] });
  const gone = slots.wait(one, hour);
  gone.cancel();
  expect(await gone.taken).toEqual({ ok: false, bound: one[0] });
  expect(slots.waiting(bound("key:a", 1))).toBe(0);
  release(running);
  expect(slots.size()).toBe(0);
});
