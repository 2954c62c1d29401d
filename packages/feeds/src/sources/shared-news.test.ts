import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { articleFeeds } from "../catalog/registry";
import type { ParsedArticle, ReadState } from "../definition/layout";
import { newsLayouts } from "../parse/news";

const folder = path.resolve(import.meta.dirname, "../../../../../shared/feeds");
const present = fs.existsSync(folder);
if (!present) console.warn(`shared-news.test.ts: skipped, ${folder} does not exist`);

type Entry = { id: string; file: string; format: string; records?: number | null };

/** Every body that the list calls news, those of feeds that are no sources here too. */
function bodies(): Entry[] {
  const entries: Entry[] = JSON.parse(fs.readFileSync(path.join(folder, "manifest.json"), "utf8"));
  return entries.filter(({ format }) => /\b(?:rss|atom|rdf|json ?feed)\b/i.test(format));
}

describe.skipIf(!present)("bodies of real news", () => {
  const entries = present ? bodies() : [];

  test("are there", () => expect(entries.length).toBeGreaterThan(0));

  test.each(entries)("$file reads whole", async ({ id, file, records }) => {
    const feed = articleFeeds.find((one) => one.id === id);
    const body = fs.readFileSync(path.join(folder, file));
    const head = body.subarray(0, 65_536).toString();
    const layout = (feed?.layouts ?? newsLayouts("https://home.example/")).find(({ fits }) => fits(head));
    const state: ReadState = { lines: 0 };
    const rows: ParsedArticle[] = [];
    for await (const group of layout?.read(chunksOf(body), state) ?? []) rows.push(...group);
    expect(state.cut).toBeUndefined();
    expect(rows.filter((row) => "problem" in row)).toEqual([]);
    // null where the key's own parser gave up.
    if (typeof records === "number") expect(rows.length).toBe(records);
    expect(rows.length).toBeGreaterThan(0);
    const articles = rows.flatMap((row) => ("article" in row ? [row.article] : []));
    expect(articles.filter(({ publishedAt }) => publishedAt === null)).toEqual([]);
    expect(articles.every(({ url }) => /^https?:\/\/[^/]+\.[^/]+\//.test(url))).toBe(true);
  });
});

async function* chunksOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += 10_000) yield body.subarray(at, at + 10_000);
}
