import { expect, it } from "vitest";
import { byteSize, plural } from "./numbers";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_000, "1 kB"],
  [28_850, "28.9 kB"],
  [1_536_000, "1.5 MB"],
  [2_500_000_000, "2,500 MB"],
])("writes %i bytes as %s", (value, words) => {
  expect(byteSize(value, "en")).toBe(words);
});

it("gives one thing its own word", () => {
  expect([plural(1, "entry", "entries"), plural(0, "entry", "entries"), plural(2, "key")]).toEqual([
    "1 entry",
    "0 entries",
    "2 keys",
  ]);
});
