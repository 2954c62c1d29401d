import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { feeds } from "./registry";

describe("docs/feeds.md", () => {
  const docs = fs.readFileSync(path.resolve(import.meta.dirname, "../../../../docs/feeds.md"), "utf8");
  const rows = docs
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")));

  test("has one row a feed, in the order of the registry", () => {
    expect(rows.map(([, id]) => id)).toEqual(feeds.map(({ id }) => id));
  });

  test.each(feeds)("says of $id what the code says", (feed) => {
    const row = rows.find(([, id]) => id === feed.id);
    const [, , name, vendor, addresses = "", formats, licence, interval, , key] = row ?? [];
    expect({ name, vendor, licence }).toEqual({ name: feed.name, vendor: feed.vendor, licence: feed.licence.name });
    expect(addresses.split("<br>")).toEqual(feed.files.map(({ url }) => url));
    expect(formats?.split(", ")).toEqual(feed.layouts.map(({ name: layout }) => layout));
    expect(interval).toBe(spanOf(feed.intervalSeconds));
    expect(key).toBe(feed.needsKey ?? "no");
  });
});

function spanOf(seconds: number): string {
  return seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
}
