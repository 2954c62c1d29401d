import { expect, it } from "vitest";
import { watchSearch } from "./watch-search";

it.each([
  [{}, {}],
  [
    { tab: "entries", show: "all" },
    { tab: "entries", show: "all" },
  ],
  [
    { list: "x", group: "entry", risk: "65", type: "url,nothing", lookalikes: "without", match: 1042, sort: "-risk" },
    { group: "entry", risk: 65, type: "url", lookalikes: "without", match: "1042" },
  ],
  [{ group: "none", risk: 0, lookalikes: "no", assigned: "", sort: "name" }, {}],
  [{ tab: "matches", show: "open" }, {}],
  [{ tab: 1, show: ["all"], other: "x" }, {}],
])("%j is %j", (given, kept) => {
  expect(watchSearch(given)).toEqual(kept);
});
