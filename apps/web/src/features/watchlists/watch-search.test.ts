import { expect, it } from "vitest";
import { watchSearch } from "./watch-search";

it.each([
  [{}, {}],
  [
    { tab: "entries", show: "all" },
    { tab: "entries", show: "all" },
  ],
  [{ tab: "matches", show: "open" }, {}],
  [{ tab: 1, show: ["all"], other: "x" }, {}],
])("%j is %j", (given, kept) => {
  expect(watchSearch(given)).toEqual(kept);
});
