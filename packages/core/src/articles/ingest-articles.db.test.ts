import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testContext } from "../testing";
import { articleId } from "./article-id";
import type { ArticleDraft, ArticleFeedFacts } from "./draft";
import { findNews } from "./find-news";
import { ingestArticles } from "./ingest-articles";

const feed: ArticleFeedFacts = {
  id: "alpha",
  name: "Alpha News",
  category: "news",
  confidence: "medium",
  tlp: "clear",
  tier: 2,
  keepsText: false,
  publisherHosts: ["alpha.example"],
};
const beta: ArticleFeedFacts = { ...feed, id: "beta", name: "Beta", keepsText: true };
const draft: ArticleDraft = {
  url: "https://alpha.example/2026/wiper?utm_source=rss#top",
  title: "Wiper &amp; worm",
  summary: "<p>A wiper and a worm were seen together for the first time this week.</p>",
  body: "<p>The wiper is fetched from hxxp://drop[.]evil-host[.]test/w.bin by 45.155.205[.]10, which also exploits CVE-2026-0001.</p>",
  imageUrl: "https://alpha.example/w.png",
  publishedAt: new Date("2026-11-20T08:00:00.000Z"),
};
const id = articleId("https://alpha.example/2026/wiper");

let db: Db;
let now = new Date("2026-11-21T12:00:00.000Z");
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  now = new Date("2026-11-21T12:00:00.000Z");
  await db.sql.query("TRUNCATE ioc, sighting, article, article_ioc");
});

async function bring(drafts: ArticleDraft[], from = feed, page?: string | null) {
  const ctx = testContext(db, { now: () => now });
  const { news } = await findNews(ctx, { feedId: from.id, drafts });
  const articles = news.map((one) => (page === undefined ? one : { ...one, page }));
  return ingestArticles(ctx, { feed: from, articles, pulledAt: now });
}

const article = async () => (await db.sql.query<Record<string, unknown>>("SELECT * FROM article"))[0];
const named = () =>
  db.sql.query<{ value: string; context: string }>(
    "SELECT i.value, n.context FROM article_ioc n JOIN ioc i ON i.id = n.ioc_id ORDER BY i.value",
  );
const everything = async () =>
  Promise.all(
    ["article", "article_ioc", "ioc", "sighting"].map((table) => db.sql.query(`SELECT * FROM ${table} ORDER BY 1, 2`)),
  );

describe("an article", () => {
  it("is kept under the id of its canonical address, with what it says", async () => {
    expect(await bring([draft])).toMatchObject({ articlesNew: 1, articlesChanged: 0, iocsNew: 3, sightingsNew: 3 });
    expect(await article()).toMatchObject({
      id,
      feed_id: "alpha",
      title: "Wiper & worm",
      url: draft.url,
      canonical_url: "https://alpha.example/2026/wiper",
      summary: "A wiper and a worm were seen together for the first time this week.",
      text: null,
      image_url: "https://alpha.example/w.png",
      published_at: draft.publishedAt,
      fetched_at: now,
      modified_at: now,
      source_name: "Alpha News",
      source_type: "news",
      source_tier: 2,
      cve_ids: ["CVE-2026-0001"],
      ioc_count: 2,
      has_iocs: true,
      archived_at: null,
    });
    expect((await named()).map(({ value }) => value)).toEqual([
      "45.155.205.10",
      "CVE-2026-0001",
      "http://drop.evil-host.test/w.bin",
    ]);
  });

  it("is the source of the IOCs that it names", async () => {
    await bring([draft]);
    const [row] = await db.sql.query<Record<string, unknown>>("SELECT * FROM ioc WHERE type = 'ipv4'");
    expect(row).toMatchObject({
      article_id: id,
      reference_url: draft.url,
      first_seen: draft.publishedAt,
      last_seen: draft.publishedAt,
      confidence: 2,
      sources: ["alpha"],
    });
    expect(String(row?.context)).toContain("which also exploits CVE-2026-0001");
    const [cve] = await db.sql.query<Record<string, unknown>>("SELECT confidence FROM ioc WHERE type = 'cve'");
    expect(cve?.confidence).toBe(1);
  });

  it("is found by words of its text, though the text is not kept", async () => {
    await bring([draft]);
    const found = (q: string) =>
      db.sql.query("SELECT 1 FROM article WHERE search @@ websearch_to_tsquery('english', $1)", [q]);
    expect(await found("worms")).toHaveLength(1);
    expect(await found("fetched wiper -spam")).toHaveLength(1);
    expect(await found('"CVE-2026-0001"')).toHaveLength(1);
    expect(await found("CVE-2026-0002")).toHaveLength(0);
  });

  it("keeps its text where the publisher allows it", async () => {
    await bring([draft], beta);
    expect(String((await article())?.text)).toContain("The wiper is fetched from");
  });

  it("of a time to come was published now, and of no time when it was fetched", async () => {
    await bring([{ ...draft, publishedAt: new Date("2027-01-01T00:00:00Z") }]);
    expect((await article())?.published_at).toEqual(now);
    await bring([{ ...draft, publishedAt: null, title: "Changed" }]);
    expect((await article())?.published_at).toEqual(now);
  });
});

describe("the same again", () => {
  it("changes nothing", async () => {
    await bring([draft]);
    const before = await everything();
    now = new Date("2026-11-21T13:00:00.000Z");
    expect(await bring([draft])).toMatchObject({ articlesNew: 0, articlesChanged: 0, iocsNew: 0, iocsChanged: 0 });
    // Under another spelling of its address, and from another feed.
    await bring([{ ...draft, url: "https://ALPHA.example/2026/wiper?fbclid=1" }, draft]);
    await bring([{ ...draft, title: "Another's title" }], beta);
    expect(await everything()).toEqual(before);
  });

  it("with another text is a change, which takes away what is no longer named, and leaves the IOC", async () => {
    await bring([draft]);
    now = new Date("2026-11-21T13:00:00.000Z");
    const changed = { ...draft, body: "<p>Correction: it came from 45.155.205[.]11.</p>" };
    expect(await bring([changed])).toMatchObject({ articlesNew: 0, articlesChanged: 1, iocsNew: 1 });
    expect((await named()).map(({ value }) => value)).toEqual(["45.155.205.11"]);
    expect(await article()).toMatchObject({ modified_at: now, ioc_count: 1, cve_ids: [] });
    expect(await db.sql.query("SELECT 1 FROM ioc")).toHaveLength(4);
  });
});

describe("another title", () => {
  it("is a change of the IOCs that print it, and of no others", async () => {
    await bring([draft]);
    await bring([{ ...draft, url: "https://alpha.example/other", body: "<p>From 45.155.205[.]12.</p>" }]);
    await db.sql.query("DELETE FROM ioc_change");
    now = new Date("2026-11-21T13:00:00.000Z");
    await bring([{ ...draft, title: "Wiper, worm and all" }]);
    const changed = await db.sql.query("SELECT value FROM ioc WHERE updated_at = $1::timestamptz", [now.toISOString()]);
    expect(changed).toHaveLength(3);
    expect(await db.sql.query("SELECT DISTINCT ioc_id FROM ioc_change")).toHaveLength(3);
  });
});

describe("a page", () => {
  const teaser = { ...draft, body: null };
  const page =
    "<html><body><article><p>Fetched from hxxp://page[.]evil-host[.]test/x today.</p></article></body></html>";

  it("is read in the place of the teaser", async () => {
    await bring([teaser], feed, page);
    expect((await named()).map(({ value }) => value)).toEqual(["http://page.evil-host.test/x"]);
    expect((await article())?.summary).toContain("A wiper and a worm");
  });

  it("that could not be had is asked for again, until it comes", async () => {
    await bring([teaser], feed, null);
    expect(await article()).toMatchObject({ has_iocs: false });
    const before = await everything();
    await bring([teaser], feed, null);
    expect(await everything()).toEqual(before);
    now = new Date("2026-11-21T13:00:00.000Z");
    expect(await bring([teaser], feed, page)).toMatchObject({ articlesChanged: 1, iocsNew: 1 });
    expect(await article()).toMatchObject({ has_iocs: true, modified_at: now });
    expect(await bring([teaser], feed, page)).toMatchObject({ articlesChanged: 0 });
  });
});

describe("an ingest that is cut off", () => {
  it("leaves whole articles, and a second one ends as one undisturbed would", async () => {
    const drafts = [1, 2, 3].map((n) => ({
      ...draft,
      url: `https://alpha.example/${n}`,
      body: `<p>Seen at 45.155.205[.]${n}.</p>`,
    }));
    const ctx = testContext(db, { now: () => now });
    let statements = 0;
    const broken = {
      ...ctx,
      sql: {
        ...ctx.sql,
        begin: ((work) =>
          ctx.sql.begin((tx) =>
            work({
              query: (text, values) => {
                // The second article's row, and nothing of what it names, has been written.
                if (++statements === 6) throw new Error("killed");
                return tx.query(text, values);
              },
            }),
          )) as typeof ctx.sql.begin,
      },
    };
    const { news } = await findNews(ctx, { feedId: feed.id, drafts });
    await expect(ingestArticles(broken, { feed, articles: news, pulledAt: now })).rejects.toThrow("killed");
    expect(await db.sql.query("SELECT 1 FROM article")).toHaveLength(1);
    expect(await named()).toHaveLength(1);
    await bring(drafts);
    const after = await everything();
    await db.sql.query("TRUNCATE ioc, sighting, article, article_ioc");
    await bring(drafts);
    expect(await everything()).toEqual(after);
  });
});
