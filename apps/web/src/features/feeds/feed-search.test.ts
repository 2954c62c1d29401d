import { expect, it } from "vitest";
import type { Feed } from "../../components/feed/run";
import { feedSearch, shownFeeds } from "./feed-search";

it("opens the feeds whatever the link holds", () => {
  expect(feedSearch({ feed: "a", q: " x ", view: "held", sort: "-iocs", other: 1 })).toEqual({
    feed: "a",
    q: "x",
    view: "held",
    sort: "-iocs",
  });
  expect(feedSearch({ view: "all", sort: "vendor" })).toEqual({});
});

const feed = (id: string, iocs: number, next: string | null, state = "on") =>
  ({
    ...{ id, name: `Feed ${id}`, vendor: "Example", iocs, state, next_due_at: next, last_run: null },
    ...{ status: "ok", failures: 0, held: null, unreachable: false },
  }) as Feed;
const feeds = [feed("a", 5, null), feed("b", 9, "2026-11-21T12:00:00.000Z"), feed("c", 7, null, "off")];
const ids = (search: object) => shownFeeds(feeds, feedSearch({ ...search })).map(({ id }) => id);

it("shows what the address asks for, in its order, and what has no value last either way", () => {
  expect(ids({ sort: "-iocs" })).toEqual(["b", "c", "a"]);
  expect(ids({ sort: "iocs", view: "on" })).toEqual(["a", "b"]);
  expect(ids({ sort: "next" })).toEqual(["b", "a", "c"]);
  expect(ids({ sort: "-next" })).toEqual(["b", "a", "c"]);
  expect(ids({ q: "feed c" })).toEqual(["c"]);
  expect(ids({})).toEqual(["a", "b", "c"]);
});
