import fc from "fast-check";
import { expect, test } from "vitest";
import { readBody } from "../testing/bodies";
import { keepFirst } from "./keep-first";

test("keeps the first by its order, however many come", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 200 }), fc.integer({ min: 1, max: 7 }), (items, most) => {
      const kept = keepFirst<number>(most, (one, two) => two - one);
      for (const item of items) kept.add(item);
      expect(kept.all()).toEqual(items.toSorted((one, two) => two - one).slice(0, most));
    }),
  );
});

test("an index of many names its newest files", async () => {
  const paths = Array.from({ length: 5_000 }, (_, i) => `2026/${String((i * 7) % 5_000).padStart(4, "0")}/iocs.csv`);
  const tree = { tree: paths.map((path) => ({ path, type: "blob" })) };
  const read = await readBody("volexity", Buffer.from(JSON.stringify(tree)));
  expect(read?.more?.map(({ name }) => name)).toEqual(paths.toSorted().reverse().slice(0));
});
