import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { testFeed } from "../testing/feed";
import { feeds } from "./registry";
import { describeFeeds, feedState, selectFeeds } from "./select-feeds";

const mirror = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-select-"));
afterAll(() => fs.rmSync(mirror, { recursive: true }));
const ids = (selected: readonly { id: string }[]) => selected.map(({ id }) => id);
const [plain] = feeds.filter((feed) => !feed.alternativeOf);
const [second] = feeds.filter((feed) => feed.alternativeOf);
if (!plain || !second) throw new Error("the registry holds no feed of each sort");

describe("selectFeeds", () => {
  it("takes all, none, or those that are named, once each", () => {
    expect(selectFeeds("off")).toEqual([]);
    expect(ids(selectFeeds("on"))).toEqual(ids(feeds.filter((feed) => !feed.alternativeOf)));
    expect(ids(selectFeeds([second.id, plain.id, second.id]))).toEqual([second.id, plain.id]);
  });

  it("takes a second format of the same data only when it is mirrored or named", () => {
    expect(ids(selectFeeds("on", { mirror }))).not.toContain(second.id);
    fs.mkdirSync(path.join(mirror, second.id));
    expect(ids(selectFeeds("on", { mirror }))).toContain(second.id);
  });

  it("names a feed that does not exist, and those that do", () => {
    expect(() => selectFeeds(["never"])).toThrow(/TOCSIN_FEEDS: there is no feed "never".*allowed: on, off/);
    expect(() => selectFeeds([""])).toThrow(/there is no feed ""/);
  });
});

describe("feedState and describeFeeds", () => {
  const keyed = testFeed([], { needsKey: "TOCSIN_ABUSECH_KEY" });

  it("ask for a key only where the network would be asked", () => {
    expect(feedState(keyed, { keys: {} })).toBe("needs_key");
    expect(feedState(keyed, { keys: { TOCSIN_ABUSECH_KEY: "" } })).toBe("needs_key");
    expect(feedState(keyed, { keys: { TOCSIN_ABUSECH_KEY: "k" } })).toBe("on");
    expect(feedState(keyed, { keys: {}, mirror })).toBe("on");
    expect(feedState(testFeed([]), { keys: {} })).toBe("on");
  });

  it("describe every known feed and call those off that are not selected", () => {
    const described = describeFeeds([plain], { keys: {}, mirror });
    expect(ids(described)).toEqual(ids(feeds));
    expect(described.filter(({ state }) => state === "on").map(({ id }) => id)).toEqual([plain.id]);
    expect(JSON.stringify(described)).not.toContain("{key}");
  });
});
