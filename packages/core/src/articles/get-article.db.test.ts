import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Tier, tiers } from "../access";
import { archiveArticles } from "./archive-articles";
import { articleId } from "./article-id";
import { findNews } from "./find-news";
import { getArticle } from "./get-article";
import { ingestArticles } from "./ingest-articles";
import { articleAnswerShape, getArticleInput } from "./shape";
import { keepArticle, testArticle, testNewsFeed, testReader } from "./testing";

const now = new Date("2026-11-21T12:00:00.000Z");
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const idOf = (name: string) => articleId(`https://alpha.example/${name}`);

let db: Db;
beforeAll(async () => {
  db = await testDb();
  const ctx = testReader(db, ago(1));
  const draft = {
    url: "https://alpha.example/report",
    title: "Report",
    summary: "",
    body: "<p>From 45.155.205[.]10 and hxxp://bad[.]evil-host[.]test/x, T1566.001, CVE-2026-0001.</p>",
    imageUrl: null,
    publishedAt: ago(200),
  };
  const { news } = await findNews(ctx, { feedId: "alpha", drafts: [draft] });
  await ingestArticles(ctx, { feed: testNewsFeed, articles: news, pulledAt: ago(1) });
  await keepArticle(db, testArticle("week-old", { publishedAt: ago(8) }), ago(8));
  await keepArticle(db, testArticle("year-old", { publishedAt: ago(364) }), ago(364));
});
afterAll(() => db.close());

const get = async (query: Record<string, unknown>, tier: Tier = tiers.pro) =>
  articleAnswerShape.parse(await getArticle(testReader(db, now, tier), getArticleInput.parse(query)));

describe("getArticle", () => {
  it("answers an article with all that it names", async () => {
    const { data, meta } = await get({ id: idOf("report") });
    expect(meta).toEqual({ generated_at: now.toISOString(), feed_version: "1.0", source: "Tocsin" });
    expect(data).toMatchObject({
      title: "Report",
      ioc_count: 2,
      cve_ids: ["CVE-2026-0001"],
      mitre_techniques: [{ id: "T1566.001", name: "Phishing: Spearphishing Attachment", tactic: "Initial Access" }],
    });
    expect(data.iocs?.map(({ type, value }) => `${type} ${value}`).toSorted()).toEqual([
      "ipv4 45.155.205.10",
      "url http://bad.evil-host.test/x",
    ]);
    expect(data.iocs?.[0]?.context).toContain("evil-host");
  });

  it("leaves out what is not wanted", async () => {
    expect(Object.keys((await get({ id: idOf("report"), fields: "title" })).data)).toEqual(["id", "title"]);
    expect((await get({ id: idOf("report"), expand: "cves" })).data).not.toHaveProperty("iocs");
  });

  it.each(["7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10", "no-uuid", "x".repeat(100)])("knows no %s", async (id) => {
    await expect(get({ id })).rejects.toMatchObject({ code: "article_not_found" });
  });

  it("counts the lookback from when it changed here, not from when it was published", async () => {
    await expect(get({ id: idOf("report") }, tiers.free)).resolves.toBeDefined();
    await expect(get({ id: idOf("week-old") }, tiers.free)).rejects.toMatchObject({
      code: "lookback_exceeded",
      details: { lookback_days: 7 },
    });
  });
});

describe("archiveArticles", () => {
  it("archives what did not change for long, once; it is kept, and comes back when it changes", async () => {
    const ctx = testReader(db, now);
    expect(await archiveArticles(ctx, 100)).toBe(1);
    expect(await archiveArticles(ctx, 100)).toBe(0);
    await expect(get({ id: idOf("year-old") })).rejects.toMatchObject({ code: "article_archived" });
    expect((await get({ id: idOf("year-old"), include_archived: "true" })).data.title).toBe("year-old");
    await keepArticle(db, testArticle("year-old", { title: "Revised" }), now);
    expect((await get({ id: idOf("year-old") })).data.title).toBe("Revised");
  });
});
