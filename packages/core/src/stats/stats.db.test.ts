import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { type FeedFacts, ingestIocs } from "../iocs";
import { testContext } from "../testing";
import type { Observation } from "../values";
import { refreshStats } from "./refresh-stats";
import { statsShape } from "./shape";
import { createStatsReader } from "./stats-reader";

const day = 86_400_000;
const start = new Date("2026-11-21T12:00:00.000Z");
const alpha: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" };
const beta: FeedFacts = { id: "beta", name: "Beta", category: "government", confidence: "high", tlp: "clear" };
const gone: FeedFacts = { id: "gone", name: "Gone", category: "community", confidence: "low", tlp: "clear" };

let db: Db;
let now = start;
let ctx: Context;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => now });
});
afterAll(() => db.close());
beforeEach(async () => {
  now = start;
  await ctx.sql.query("DELETE FROM stats");
});

async function ingest(feed: FeedFacts, observations: Observation[], at = now) {
  await ingestIocs({ ...ctx, now: () => at }, { feed, observations, pulledAt: at });
}
const read = async () => statsShape.parse(await createStatsReader(ctx).get());

describe("the counts", () => {
  it("of an empty instance are made at once, and are all zero", async () => {
    const { meta, data } = await read();
    expect(meta.cache).toEqual({ updated_at: start.toISOString(), age_seconds: 0, stale: false });
    expect(data.totals).toEqual({ iocs: 0, active: 0, withdrawn: 0, on_warninglists: 0, articles: 0 });
    expect(data.by_type).toMatchObject({ ipv4: 0, mitre_attack: 0 });
    expect([data.by_source, data.top_cves, data.top_techniques, data.feeds.total]).toEqual([[], [], [], 0]);
    expect(data.daily.map(({ date }) => date)).toEqual([15, 16, 17, 18, 19, 20, 21].map((date) => `2026-11-${date}`));
  });

  it("are of every kind, and leave withdrawn indicators out", async () => {
    const feeds = [alpha, beta].map(({ id, name, category }) => ({ id, name, category }));
    await db.prisma.feed.createMany({ data: feeds });
    await db.prisma.feed.update({ where: { id: "beta" }, data: { lastSuccessAt: start, failures: 2 } });
    await ingest(alpha, [{ value: "old.example" }, { value: "left.example" }], new Date(start.getTime() - 8 * day));
    await ingest(alpha, [{ value: "week.example" }], new Date(start.getTime() - 2 * day));
    await ingest(alpha, [
      { value: "192.0.2.1", mitreTechniques: ["T1071.001"] },
      { value: "CVE-2026-1000" },
      { value: "CVE-2026-2000" },
    ]);
    await ingest(beta, [{ value: "192.0.2.1" }, { value: "CVE-2026-2000" }]);
    await ingest(gone, [{ value: "192.0.2.2" }]);
    await ctx.db.ioc.updateMany({ where: { value: "left.example" }, data: { withdrawnAt: start } });
    await ctx.db.ioc.updateMany({ where: { value: "192.0.2.2" }, data: { warnings: ["resolvers"] } });

    const { data } = await read();
    expect(data.totals).toEqual({ iocs: 7, active: 6, withdrawn: 1, on_warninglists: 1, articles: 0 });
    expect(data.by_type).toMatchObject({ ipv4: 2, domain: 2, cve: 2, url: 0 });
    expect(data.by_source.map(({ id, iocs, status }) => [id, iocs, status])).toEqual([
      ["alpha", 5, "never"],
      ["beta", 2, "failing"],
      ["gone", 1, "gone"],
    ]);
    expect(data.by_category).toMatchObject({ "threat-feed": 5, government: 2, community: 1 });
    expect(Object.values(data.by_confidence).reduce((sum, count) => sum + count, 0)).toBe(6);
    expect([data.last_24h.iocs, data.last_7d.iocs]).toEqual([4, 5]);
    expect(data.daily.filter(({ iocs }) => iocs > 0)).toEqual([
      { date: "2026-11-19", iocs: 1 },
      { date: "2026-11-21", iocs: 4 },
    ]);
    expect(data.feeds).toEqual({ healthy: 0, failing: 1, never: 1, paused: 0, held: 0, total: 2 });
    expect(data.top_cves.map(({ cve, sources }) => [cve, sources])).toEqual([
      ["CVE-2026-2000", 2],
      ["CVE-2026-1000", 1],
    ]);
    expect(data.top_techniques).toContainEqual({
      id: "T1071.001",
      name: "Application Layer Protocol: Web Protocols",
      iocs: 1,
      articles: 0,
    });
  });

  it("know the articles", async () => {
    const article = (n: number, publishedAt: Date, archivedAt: Date | null) =>
      ctx.sql.query(
        `INSERT INTO article (id, feed_id, title, url, canonical_url, summary, published_at, fetched_at, modified_at,
           content_hash, source_name, source_type, source_tier, category, category_label, severity_score, severity_label,
           severity_reason, tech_tags, industry_tags, threat_actors, malware_families, cve_ids, mitre_techniques, ioc_count,
           has_iocs, archived_at, search)
         VALUES (gen_random_uuid(), 'news', 't', 'u', $1::text, '', $2::timestamptz, $2::timestamptz, $2::timestamptz, '', '',
           'news', 1, 'news', 'News', 0, 'low', '', '{}', '{}', '{}', '{}', '{CVE-2026-3000}', '{T1566}', 0, false,
           $3::timestamptz, ''::tsvector)`,
        [`https://news.example/${n}`, publishedAt.toISOString(), archivedAt?.toISOString() ?? null],
      );
    await article(1, new Date(start.getTime() - day / 2), null);
    await article(2, new Date(start.getTime() - 3 * day), null);
    await article(3, new Date(start.getTime() - 40 * day), null);
    await article(4, start, start);
    const { data } = await read();
    expect([data.totals.articles, data.last_24h.articles, data.last_7d.articles]).toEqual([3, 1, 2]);
    expect(data.top_cves[0]).toEqual({ cve: "CVE-2026-3000", sources: 0, articles: 2 });
    expect(data.top_techniques).toContainEqual({ id: "T1566", name: "Phishing", iocs: 0, articles: 2 });
  });
});

describe("the last count", () => {
  it("is answered for ten minutes, then answered once more while a new one is made", async () => {
    const reader = createStatsReader(ctx);
    await reader.get();
    await ingest(alpha, [{ value: "fresh.example" }]);
    now = new Date(start.getTime() + 599_999);
    const before = await reader.get();
    expect(before.meta.cache).toEqual({ updated_at: start.toISOString(), age_seconds: 599, stale: false });
    now = new Date(start.getTime() + 600_000);
    const stale = await reader.get();
    expect(stale.meta.cache).toMatchObject({ age_seconds: 600, stale: true });
    expect(stale.data).toEqual(before.data);
    await reader.settle();
    const after = await reader.get();
    expect(after.meta.cache).toEqual({ updated_at: now.toISOString(), age_seconds: 0, stale: false });
    expect(after.data.totals.iocs).toBe(before.data.totals.iocs + 1);
  });

  it("is shared by all nodes, and made by one of those that ask at once", async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => refreshStats(ctx, { wait: true })));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await refreshStats(ctx)).toBe(false);
    now = new Date(start.getTime() + 60_000);
    expect((await createStatsReader(ctx).get()).meta.cache.age_seconds).toBe(60);
  });

  it("of another version's shape is none", async () => {
    await ctx.sql.query("INSERT INTO stats VALUES ('all', '{\"totals\": 1}', $1::timestamptz, 1)", [now.toISOString()]);
    expect((await read()).meta.cache.age_seconds).toBe(0);
  });
});
