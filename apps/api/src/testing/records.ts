import { randomUUID } from "node:crypto";
import { articleId, findNews, ingestArticles } from "@tocsin/core/articles";
import { ingestIocs } from "@tocsin/core/iocs";
import { iocId } from "@tocsin/core/values";
import { mispFeedEvents } from "@tocsin/formats";
import type { TestApp } from "./test-app";

const feed = { id: "test", name: "Test feed", category: "threat-feed", confidence: "high", tlp: "clear" } as const;
const firstSeen = "2026-11-20T09:00:00.000Z";

/** Puts observations into the database, all first seen at one time. */
export async function addRecords(
  t: Pick<TestApp, "deps">,
  observations: readonly { value: string; tags?: string[]; mitreTechniques?: string[] }[],
): Promise<void> {
  const { prisma } = t.deps.db;
  await prisma.feed.upsert({
    where: { id: feed.id },
    create: { id: feed.id, name: feed.name, category: feed.category },
    update: {},
  });
  for (let at = 0; at < observations.length; at += 5_000) {
    const batch = observations.slice(at, at + 5_000).map((one) => ({ ...one, firstSeen: new Date(firstSeen) }));
    await ingestIocs(t.deps.context, { feed, observations: batch, pulledAt: t.deps.context.now() });
  }
}

const articleUrl = "https://news.example/wiper";
export const testArticleId = articleId(articleUrl);

/** Puts an article that requests can name into the database. */
export async function addArticle(t: Pick<TestApp, "deps">): Promise<void> {
  const { context } = t.deps;
  const draft = {
    url: articleUrl,
    title: "=1+1; a wiper",
    summary: "",
    body: "<p>From hxxp://drop[.]evil-host[.]test/w.bin and 45.155.205[.]10, by way of CVE-2026-0001 and technique T1485.</p>",
    imageUrl: null,
    publishedAt: context.now(),
  };
  const { news } = await findNews(context, { feedId: feed.id, drafts: [draft] });
  const facts = { ...feed, tier: 2, keepsText: false, publisherHosts: ["news.example"] } as const;
  await ingestArticles(context, { feed: facts, articles: news, pulledAt: context.now() });
}

/** The event of the MISP feed that records of `addRecords` are in. */
export const mispEventFile = `${
  mispFeedEvents(
    [
      {
        feedId: feed.id,
        feedName: feed.name,
        day: firstSeen.slice(0, 10),
        count: 1,
        tlp: "clear",
        updatedAt: new Date(firstSeen),
      },
    ],
    "Tocsin",
  )
    .keys()
    .next().value
}.json`;

export const testIndicatorId = iocId("domain", "indicator.example");

/** Puts an indicator of a workspace's own, which requests can name, into the database; gives its id. */
export async function addIndicator(
  t: Pick<TestApp, "deps">,
  workspaceId: string,
  value = "indicator.example",
): Promise<string> {
  const now = t.deps.context.now();
  const id = iocId("domain", value);
  await t.deps.db.prisma.ownStore.upsert({ where: { workspaceId }, create: { workspaceId, total: 1 }, update: {} });
  const facts = { type: "domain", value, confidence: 3, tlp: "amber", tags: [], warnings: [], createdBy: "ada" };
  const times = { firstSeen: now, lastSeen: now, createdAt: now, updatedAt: now };
  await t.deps.db.prisma.ownIndicator.create({ data: { workspaceId, iocId: id, ...facts, ...times } });
  return id;
}

export const testMatchId = "1042";
export const testWatchlistId = "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a11";

/** Puts a watchlist that requests can name into a workspace. */
export async function addWatchlist(t: Pick<TestApp, "deps">, workspaceId: string): Promise<void> {
  const now = t.deps.context.now();
  await t.deps.db.prisma.watchlist.create({
    data: {
      ...{ id: testWatchlistId, workspaceId, name: "Ours", createdAt: now, createdBy: "ada", updatedAt: now },
      entries: { create: { id: randomUUID(), kind: "domain", value: "example.org", createdAt: now, comparedAt: now } },
    },
  });
  await addMatch(t, testWatchlistId, testMatchId);
}

/** A match of the first entry of a watchlist; gives its id. */
export async function addMatch(t: Pick<TestApp, "deps">, watchlistId: string, own?: string): Promise<string> {
  const now = t.deps.context.now();
  const { prisma } = t.deps.db;
  const { id: entryId } = await prisma.watchlistEntry.findFirstOrThrow({
    where: { watchlistId },
    select: { id: true },
  });
  const { id } = await prisma.watchlistMatch.create({
    data: {
      ...(own === undefined ? {} : { id: BigInt(own) }),
      ...{ watchlistId, entryId, subject: "ioc", subjectId: randomUUID(), reason: "exact", held: false },
      ...{ matchedAt: now, lastAt: now },
    },
    select: { id: true },
  });
  return String(id);
}
