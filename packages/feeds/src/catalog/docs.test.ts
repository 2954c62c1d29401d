import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import type { Source } from "../definition/feed";
import { feeds } from "./registry";

/** Parts of docs/feeds.md that are written from the sources: `npx vitest run src/catalog/docs.test.ts -u`. */
const file = path.resolve(import.meta.dirname, "../../../../docs/feeds.md");

const quoted = (text: string) => `\`${text}\``;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const columns = ["id", "name", "vendor", "address", "formats", "licence", "interval", "what is taken", "key"];

function rowOf(feed: Source): string[] {
  return [
    quoted(feed.id),
    feed.name,
    feed.vendor,
    feed.files.map(({ url }) => quoted(url)).join("<br>"),
    feed.layouts.map(({ name }) => name).join(", "),
    feed.licence.name,
    feed.intervalSeconds < 3600 ? `${feed.intervalSeconds / 60} min` : `${feed.intervalSeconds / 3600} h`,
    feed.takes,
    feed.needsKey ? quoted(feed.needsKey) : "no",
  ];
}

const tableOf = (kind: Source["kind"]) => table(columns, feeds.filter((feed) => feed.kind === kind).map(rowOf));

/** The ids of feeds under what they have in common, by `order` of that. */
function grouped(keyOf: (feed: Source) => string | undefined, order?: (a: string, b: string) => number): string[][] {
  const groups = new Map<string, string[]>();
  for (const feed of feeds) {
    const key = keyOf(feed);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), quoted(feed.id)]);
  }
  const rows = [...groups].map(([key, ids]) => [key, ids.join(", ")]);
  return order ? rows.sort(([a = ""], [b = ""]) => order(a, b)) : rows;
}

function lifetimesOf({ lifetimeDays }: Source): string | undefined {
  return (
    lifetimeDays &&
    Object.entries(lifetimeDays)
      .map(([type, days]) => `${type} ${days ?? "for ever"}`)
      .join(", ")
  );
}

const parts: Readonly<Record<string, string>> = {
  indicators: tableOf("indicators"),
  articles: tableOf("articles"),
  warninglists: tableOf("warninglists"),
  attack: tableOf("attack"),
  "alternative formats": table(
    ["feed", "alternative formats"],
    grouped(({ alternativeOf }) => alternativeOf && quoted(alternativeOf)),
  ),
  "ended lists": `${feeds.flatMap(({ id, ended }) => (ended ? [quoted(id)] : [])).join(", ")}.`,
  natures: table(
    ["is", "feeds"],
    grouped(({ kind, nature }) => (kind === "indicators" ? nature : undefined)),
  ),
  undated: table(
    ["of", "feeds"],
    grouped(
      ({ undated }) => undated,
      (a, b) => a.localeCompare(b),
    ),
  ),
  answered: table(
    ["answered in", "feeds"],
    grouped(
      ({ answered }) => answered,
      (a, b) => b.localeCompare(a),
    ),
  ),
  troubles: table(
    ["feed", "what is known"],
    feeds.flatMap(({ id, trouble }) => (trouble ? [[quoted(id), trouble]] : [])),
  ),
  reputations: table(
    ["reputation", "feeds"],
    grouped(
      ({ reputation }) => reputation?.toString(),
      (a, b) => Number(b) - Number(a),
    ),
  ),
  lifetimes: table(["days", "feeds"], grouped(lifetimesOf)),
};

it("docs/feeds.md says of each feed what its source says", async () => {
  const named: string[] = [];
  const written = fs
    .readFileSync(file, "utf8")
    .replace(/(<!-- from the sources: ([a-z ]+) -->\n)[\s\S]*?(\n<!-- end -->)/g, (_, begin, name: string, end) => {
      named.push(name);
      return `${begin}\n${parts[name]}\n${end}`;
    });
  expect(named.sort()).toEqual(Object.keys(parts).sort());
  await expect(written).toMatchFileSnapshot(file);
});

it("a word for a table has no line end and no bar in it", () => {
  for (const feed of feeds) {
    for (const cell of rowOf(feed)) expect([feed.id, /[|\n]/.test(cell)]).toEqual([feed.id, false]);
  }
});

it("an id is there once, and a second format is that of a feed", () => {
  const ids = feeds.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, alternativeOf } of feeds) {
    if (alternativeOf !== undefined) expect([id, ids.includes(alternativeOf)]).toEqual([id, true]);
  }
});

it("an archive says of what day it takes what nothing dates, and nothing else does", () => {
  for (const { id, kind, nature, undated } of feeds) {
    if (kind !== "indicators") continue;
    const fits = nature === "archive" ? Date.parse(undated ?? "") <= Date.UTC(2026, 11) : undated === undefined;
    expect([id, fits]).toEqual([id, true]);
  }
});

it("each feed says in which month it was last known to answer", () => {
  for (const { id, answered } of feeds) expect([id, /^20\d\d-(?:0[1-9]|1[0-2])$/.test(answered)]).toEqual([id, true]);
});

it("a reputation is from 0 to 100", () => {
  for (const { id, reputation = 0 } of feeds) expect([id, reputation >= 0 && reputation <= 100]).toEqual([id, true]);
});

it("no lifetime is so short that a list would have to be read more often than it is", () => {
  for (const { id, lifetimeDays } of feeds) {
    for (const days of Object.values(lifetimeDays ?? {})) expect([id, days === null || days >= 2]).toEqual([id, true]);
  }
});
