import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { listRuns, listRunsInput, syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ArticleFeed, FeedSettings } from "../../definition/feed";
import { articleFeed } from "../../sources/article-feed";
import { type TestServer, testLimits, testServer } from "../../testing/server";
import { runFeed } from "../run-feed";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-news-"));
let db: Db;
let server: TestServer;
let settings: FeedSettings;
beforeAll(async () => {
  [db, server] = await Promise.all([testDb(), testServer()]);
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  fs.rmSync(root, { recursive: true });
});
beforeEach(async () => {
  settings = {
    keys: {},
    privateFeeds: true,
    spoolDir: path.join(root, "spool"),
    publicUrl: "https://tocsin.example",
    version: "0.1.0",
  };
  await db.sql.query("TRUNCATE feed, feed_run, own_feed, ioc, sighting, article, article_ioc");
  await syncFeeds(testContext(db), [news()]);
});

function news(overrides: Partial<ArticleFeed> = {}): ArticleFeed {
  const feed = articleFeed({
    id: "news",
    name: "News",
    vendor: "Vendor",
    homepage: "https://news.example/",
    category: "news",
    confidence: "medium",
    tier: 2,
    fullText: false,
    licence: { name: "CC0-1.0", url: null, redistribution: "yes" },
    intervalSeconds: 3_600,
    files: [{ name: "feed.xml", url: `${server.origin}/feed.xml` }],
  });
  return { ...feed, ...overrides };
}

const pull = (feed = news()) =>
  runFeed(testContext(db, { now: () => new Date() }), feed, {
    node: "one",
    trigger: "manual",
    settings,
    limits: testLimits,
  });

const item = (n: number, text: string) =>
  `<item><title>Item ${n}</title><link>${server.origin}/item/${n}</link><description>${text}</description></item>`;
const feedOf = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel>${items.join("")}</channel></rss>`;

function serve(body: string, pages: Record<string, { status?: number; type?: string; body: string }> = {}): void {
  server.answer((request, response) => {
    const page = pages[request.url ?? ""];
    if (request.url === "/feed.xml") response.writeHead(200, { "content-type": "application/rss+xml" }).end(body);
    else if (page) response.writeHead(page.status ?? 200, { "content-type": page.type ?? "text/html" }).end(page.body);
    else response.writeHead(404).end();
  });
}

const titles = async () =>
  (await db.sql.query<{ title: string }>("SELECT title FROM article ORDER BY title")).map(({ title }) => title);
const values = async () =>
  (await db.sql.query<{ value: string }>("SELECT value FROM ioc ORDER BY value")).map(({ value }) => value);

describe("a feed of news", () => {
  it("keeps articles and their IOCs, and changes nothing when it is pulled again", async () => {
    serve(
      feedOf(item(1, "Seen at 45.155.205[.]10 today."), item(2, "Nothing."), "<item><title>No link</title></item>"),
    );
    expect(await pull()).toMatchObject({ status: "partial", good: 2, bad: 1, iocsNew: 1, files: 1 });
    expect(await titles()).toEqual(["Item 1", "Item 2"]);
    expect(await values()).toEqual(["45.155.205.10"]);
    const before = await db.sql.query("SELECT * FROM article ORDER BY id");
    expect(await pull()).toMatchObject({ good: 2, iocsNew: 0, iocsChanged: 0, sightingsNew: 0 });
    expect(await db.sql.query("SELECT * FROM article ORDER BY id")).toEqual(before);
  });

  it.each([
    ["a web page", "<!DOCTYPE html><html><body>Sorry</body></html>", "web page"],
    ["a cut body", feedOf("<item><title>Cut</title></item>").slice(0, -20), "cut"],
    ["entities of its own", '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel></channel></rss>', "entities"],
    ["no item that reads", feedOf("<item><title>No link</title></item>"), "none of 1 items"],
  ])("fails for %s, and keeps what it has", async (_what, body, why) => {
    serve(feedOf(item(1, "a")));
    await pull();
    serve(body);
    const report = await pull();
    expect([report.status, report.error]).toEqual(["failed", expect.stringContaining(why)]);
    expect(await titles()).toEqual(["Item 1"]);
  });

  it("is fine with nothing in it", async () => {
    serve(feedOf());
    expect(await pull()).toMatchObject({ status: "ok", good: 0, bad: 0 });
  });
});

describe("a feed of news that is not as usual", () => {
  const items = (count: number, origin = server.origin) =>
    Array.from(
      { length: count },
      (_, n) => `<item><title>Item ${n}</title><link>${origin}/item/${n}</link><description>Text.</description></item>`,
    );
  const count = async () => (await titles()).length;
  const lastRun = async () =>
    (await listRuns(testContext(db), listRunsInput.parse({ feed_id: "news", limit: "1" }))).data[0];

  it("is quarantined with far more items, and nothing of it is kept", async () => {
    serve(feedOf(...items(20)));
    expect(await pull()).toMatchObject({ status: "ok", good: 20 });
    serve(feedOf(...items(221)));
    expect(await pull()).toMatchObject({ status: "held", files: 0, good: 0 });
    expect(await count()).toBe(20);
    expect((await lastRun())?.error).toBe("held back, nothing of it merged: feed.xml: 221 records where 20 are usual");
    serve(feedOf(...items(220)));
    expect(await pull()).toMatchObject({ status: "ok", good: 220 });
  });

  it("is quarantined when most of it leads to another site, and is judged by its own past", async () => {
    serve(feedOf(...items(8)));
    await pull();
    serve(feedOf(...items(4), ...items(4, "https://other.example")));
    expect(await pull()).toMatchObject({ status: "ok", good: 8 });
    serve(feedOf(...items(8, "https://taken.example")));
    expect(await pull()).toMatchObject({ status: "held" });
    expect((await lastRun())?.held).toMatchObject([
      { reasons: ["unfit"], records: 8, unfit_percent: 100, usual_unfit_percent: 0 },
    ]);
    expect((await lastRun())?.held?.[0]?.first_lines[0]).toBe("https://taken.example/item/0 Item 0");
    expect((await lastRun())?.error).toContain("100 % of the records bad or of another site where 0 % are usual");
    expect(await db.sql.query("SELECT 1 FROM article WHERE url LIKE 'https://taken%'")).toEqual([]);
  });

  it("may always have gathered what other sites say, or have been empty", async () => {
    for (const body of [[], items(10, "https://one.example"), items(12, "https://two.example")]) {
      serve(feedOf(...body));
      expect(await pull()).toMatchObject({ status: "ok", good: body.length });
    }
    serve(feedOf(...items(300, "https://two.example")));
    expect(await pull()).toMatchObject({ status: "held" });
  });
});

describe("the pages of teasers", () => {
  const page =
    "<html><body><article><p>It calls hxxp://c2[.]evil-host[.]test/gate.php every hour.</p></article></body></html>";

  it("are read where the feed's setting says so, once", async () => {
    serve(feedOf(item(1, "A teaser.")), { "/item/1": { body: page } });
    await pull();
    expect(await values()).toEqual([]);
    await db.sql.query("TRUNCATE article");
    expect(await pull(news({ fullText: true }))).toMatchObject({ status: "ok", iocsNew: 1 });
    expect(await values()).toEqual(["http://c2.evil-host.test/gate.php"]);
    serve(feedOf(item(1, "A teaser.")), { "/item/1": { body: page } });
    await pull(news({ fullText: true }));
    expect(server.requests.map(({ url }) => url)).toEqual(["/feed.xml"]);
  });

  it("that are away are asked for again by the next pull, those that are gone are not", async () => {
    const feed = news({ fullText: true });
    serve(feedOf(item(1, "One."), item(2, "Two.")), { "/item/1": { status: 503, body: "" } });
    const report = await pull(feed);
    expect(report.warnings.join()).toContain("HTTP 503");
    expect(await titles()).toEqual(["Item 1", "Item 2"]);
    serve(feedOf(item(1, "One."), item(2, "Two.")), { "/item/1": { body: page } });
    expect(await pull(feed)).toMatchObject({ iocsNew: 1 });
    expect(server.requests.map(({ url }) => url)).toEqual(["/feed.xml", "/item/1"]);
  });

  it("are not read from addresses that are not on the open internet", async () => {
    settings = { ...settings, privateFeeds: false };
    serve(feedOf(item(1, "A teaser.")), { "/item/1": { body: page } });
    const report = await pull(news({ fullText: true }));
    expect(report.warnings.join()).toContain("not on the open internet");
    expect(server.requests.map(({ url }) => url)).toEqual(["/feed.xml"]);
    expect(await titles()).toEqual(["Item 1"]);
  });

  it("are none that are files or pictures", async () => {
    serve(feedOf(item(1, "A teaser.")), {
      "/item/1": { type: "application/pdf", body: "hxxp://c2[.]evil-host[.]test/x" },
    });
    expect(await pull(news({ fullText: true }))).toMatchObject({ status: "ok", iocsNew: 0 });
  });

  it("are not asked for where a mirror stands in for the network", async () => {
    const mirror = path.join(root, "mirror");
    fs.mkdirSync(path.join(mirror, "news"), { recursive: true });
    fs.writeFileSync(path.join(mirror, "news", "feed.xml"), feedOf(item(1, "A teaser.")));
    settings = { ...settings, mirror };
    serve("", { "/item/1": { body: page } });
    expect(await pull(news({ fullText: true }))).toMatchObject({ status: "ok", good: 1, iocsNew: 0 });
    expect(server.requests).toEqual([]);
  });
});
