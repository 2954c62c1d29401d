import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testContext } from "../testing";
import { findNews } from "./find-news";
import { ingestArticles } from "./ingest-articles";
import { testNewsFeed } from "./testing";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

const now = new Date("2026-11-21T12:00:00.000Z");
const drafts = Array.from({ length: 20 }, (_, n) => ({
  url: `https://alpha.example/${n}`,
  title: `Report ${n}`,
  summary: "",
  // All name some of the same addresses, in another order each.
  body: `<p>C2 servers:</p>${Array.from({ length: 30 }, (_, i) => `<p>45.155.${(i * (n + 1)) % 30}[.]10</p>`).join("")}`,
  imageUrl: null,
  publishedAt: now,
}));

it("several workers with the same articles at once double nothing, and end", async () => {
  const ctx = testContext(db, { now: () => now });
  const { news } = await findNews(ctx, { feedId: testNewsFeed.id, drafts });
  const ingest = (articles: typeof news) => ingestArticles(ctx, { feed: testNewsFeed, articles, pulledAt: now });
  const all = await Promise.all([ingest(news), ingest(news.toReversed()), ingest(news), ingest(news.toReversed())]);
  const total = (name: keyof (typeof all)[number]) => all.reduce((sum, counts) => sum + counts[name], 0);
  expect([total("articlesNew"), total("articlesChanged")]).toEqual([20, 0]);
  const [held] = await db.sql.query<{ articles: number; named: number; iocs: number; sightings: number }>(
    `SELECT (SELECT count(*) FROM article)::int AS articles, (SELECT count(*) FROM article_ioc)::int AS named,
       (SELECT count(*) FROM ioc)::int AS iocs, (SELECT count(*) FROM sighting)::int AS sightings`,
  );
  expect(held).toMatchObject({ articles: 20, iocs: total("iocsNew"), sightings: total("sightingsNew") });
  expect(held?.iocs).toBe(30);
  expect(held?.named).toBeGreaterThan(100);
});
