import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ArticleFeedFacts, findNews, ingestArticles } from "../articles";
import type { Context } from "../context";
import { testContext } from "../testing";
import { compareStored } from "./compare-stored";
import { matchArticles } from "./match-articles";
import { matchChanges } from "./match-changes";
import { matchListShape } from "./match-shape";
import { notifyMatches } from "./notify-matches";
import type { WatchlistCall } from "./require-watchlist";
import { add, create, freshAdmin, matches, publish } from "./testing";

let db: Db;
let ctx: Context;
let owner: WatchlistCall;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await freshAdmin(ctx);
});

describe("articles", () => {
  const feed: ArticleFeedFacts = {
    id: "news",
    name: "News",
    category: "news",
    confidence: "medium",
    tlp: "clear",
    tier: 2,
    keepsText: false,
    publisherHosts: ["news.example"],
  };
  const bring = async (n: number, body: string) => {
    const draft = {
      url: `https://news.example/${n}`,
      title: `Report ${n}`,
      summary: "What happened.",
      imageUrl: null,
      // Of what is not kept, the summary holds the beginning.
      body: `${"Long before that. ".repeat(500)}${body}`,
      publishedAt: ctx.now(),
    };
    const { news } = await findNews(ctx, { feedId: feed.id, drafts: [draft] });
    await ingestArticles(ctx, { feed, articles: news, pulledAt: ctx.now() });
  };

  it("are found by their whole text once, though it is not kept, and by the CVEs that they name", async () => {
    const id = await create(owner);
    await bring(0, "Held before: Report of the Example Corp breach.");
    await add(owner, id, "term: Example Corp\nCVE-2026-12345\nterm: Report 0");
    await compareStored(ctx);
    expect((await matches(owner, id)).data).toMatchObject([
      { held: true, subject: "article", entry: { value: "Report 0" }, article: { title: "Report 0" }, ioc: null },
    ]);
    await bring(1, "<p>Routers of EXAMPLE Corp. are hit.</p><p>It is CVE-2026-12345.</p>");
    await bring(2, "Nothing of the kind.");
    expect(await matchArticles(ctx)).toEqual({ changes: 2, matches: 2 });
    expect(await matchArticles(ctx)).toEqual({ changes: 0, matches: 0 });
    await bring(1, "<p>Routers of EXAMPLE Corp. are hit.</p><p>It is CVE-2026-12345.</p><p>Update: a patch.</p>");
    expect(await matchArticles(ctx)).toEqual({ changes: 1, matches: 0 });
    await publish(ctx);
    await matchChanges(ctx);
    const all = await matches(owner, id, { order: "oldest" });
    expect(matchListShape.parse(all)).toEqual(all);
    expect(all.data.map(({ subject, entry, reason }) => [subject, entry.value, reason]).sort()).toEqual([
      ["article", "CVE-2026-12345", "exact"],
      ["article", "Example Corp", "term"],
      ["article", "Report 0", "term"],
      ["ioc", "CVE-2026-12345", "exact"],
    ]);
    expect(await notifyMatches(ctx, { email: false })).toBe(1);
    const [left] = await ctx.sql.query<{ n: number }>("SELECT count(*) AS n FROM watchlist_article");
    expect(Number(left?.n)).toBe(0);
  });
});
