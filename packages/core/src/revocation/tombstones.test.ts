import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTombstones } from "./tombstones";

const stone = (number: number, subject: string) => ({ number, subject });

describe("tombstones", () => {
  it("make worthless what was read of their subject before them, and nothing else", () => {
    const known = createTombstones();
    known.advance(0, 2, [stone(1, "a"), stone(2, "b")]);
    expect(known.applied()).toBe(2);
    expect(known.isFresh(0, "a")).toBe(false);
    expect(known.isFresh(1, "a")).toBe(true);
    expect(known.isFresh(1, "b")).toBe(false);
    expect(known.isFresh(0, "c")).toBe(true);
    expect(known.isFresh(1, "a", "b")).toBe(false);
  });

  it("are applied in whatever order they come, and acknowledged only without a gap", () => {
    const known = createTombstones();
    known.record(stone(3, "c"));
    expect(known.applied()).toBe(0);
    expect(known.isFresh(2, "c")).toBe(false);
    known.record(stone(1, "a"));
    expect(known.applied()).toBe(1);
    known.advance(1, 3, [stone(2, "c"), stone(3, "c")]);
    expect(known.applied()).toBe(3);
    expect(known.isFresh(2, "c")).toBe(false);
    expect(known.isFresh(3, "c")).toBe(true);
  });

  it("that a notice brought while a renewal was under way are not taken back by it", () => {
    const known = createTombstones();
    known.record(stone(1, "a"));
    known.record(stone(2, "b"));
    expect(known.advance(0, 1, [stone(1, "a")])).toBe(true);
    expect(known.applied()).toBe(2);
    expect(known.isFresh(1, "b")).toBe(false);
  });

  it("that are missing make everything before them worthless", () => {
    const known = createTombstones();
    known.advance(0, 9, [stone(8, "h"), stone(9, "i")]);
    expect(known.applied()).toBe(9);
    expect(known.isFresh(8, "other")).toBe(false);
    expect(known.isFresh(9, "other")).toBe(true);
  });

  it("of a fence that has gone back are forgotten, and said to be", () => {
    const known = createTombstones();
    known.advance(0, 0, []);
    known.record(stone(1, "a"));
    expect(known.advance(1, 0, [])).toBe(false);
    expect(known.applied()).toBe(0);
    expect(known.advance(0, 1, [stone(1, "b")])).toBe(true);
    expect(known.isFresh(0, "b")).toBe(false);
  });

  it("never let through what a full memory of all of them would not", () => {
    const subjects = ["a", "b", "c", "d", "e", "f"] as const;
    const steps = fc.array(fc.record({ subject: fc.constantFrom(...subjects), late: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.nat(60), fc.constantFrom(...subjects), (tombs, head, subject) => {
        const small = createTombstones(3);
        const all = tombs.map((step, i) => stone(i + 1, step.subject));
        // The late ones come last, by the next renewal.
        const prompt = all.filter((_, i) => !tombs[i]?.late);
        for (const tombstone of prompt) small.record(tombstone);
        const since = small.applied();
        small.advance(since, all.length, all.slice(since));
        expect(small.applied()).toBe(all.length);
        const forbidden = all.some((tombstone) => tombstone.subject === subject && tombstone.number > head);
        if (forbidden) expect(small.isFresh(head, subject)).toBe(false);
        expect(small.isFresh(all.length, subject)).toBe(true);
      }),
    );
  });
});
