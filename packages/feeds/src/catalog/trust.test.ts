import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import type { FeedDefinition } from "../definition/feed";
import { feeds } from "./registry";

const docs = fs.readFileSync(path.resolve(import.meta.dirname, "../../../../docs/feeds.md"), "utf8");
const start = docs.indexOf("## How far a feed is trusted");
const part = docs.slice(start, docs.indexOf("\n## ", start + 1));
const rows = part.split("\n").flatMap((line) => {
  const [, what = "", ids = ""] = line.split("|").map((cell) => cell.trim());
  return [...ids.matchAll(/`([^`]+)`/g)].map(([, id = ""]) => ({ id, what }));
});
const told = (numeric: boolean) =>
  rows.filter(({ what }) => /^\d+$/.test(what) === numeric).map(({ id, what }) => [id, what]);
const known: readonly FeedDefinition[] = feeds;

it("docs/feeds.md gives every reputation, and those are from 0 to 100", () => {
  const said = known.flatMap(({ id, reputation }) => (reputation === undefined ? [] : [[id, `${reputation}`]]));
  expect(told(true).sort()).toEqual(said.sort());
  for (const [, reputation] of said) expect(Number(reputation) >= 0 && Number(reputation) <= 100).toBe(true);
});

it("docs/feeds.md gives every lifetime of its own", () => {
  const said = known.flatMap(({ id, lifetimeDays }) =>
    lifetimeDays
      ? [
          [
            id,
            Object.entries(lifetimeDays)
              .map(([type, days]) => `${type} ${days ?? "for ever"}`)
              .join(", "),
          ],
        ]
      : [],
  );
  expect(told(false).sort()).toEqual(said.sort());
});

it("no lifetime is so short that a list would have to be read more often than it is", () => {
  for (const { id, lifetimeDays } of known) {
    for (const days of Object.values(lifetimeDays ?? {})) expect([id, days === null || days >= 2]).toEqual([id, true]);
  }
});
