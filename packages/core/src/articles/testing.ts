import type { Db } from "@tocsin/db";
import { authenticated, type Tier, tiers } from "../access";
import { noOrigin } from "../context";
import type { Extraction } from "../extraction";
import type { Reader } from "../iocs";
import { testContext } from "../testing";
import { articleId } from "./article-id";
import type { ArticleRow } from "./article-row";
import type { ArticleFeedFacts } from "./draft";
import { writeArticle } from "./write-article";

export const testNewsFeed: ArticleFeedFacts = {
  id: "alpha",
  name: "Alpha News",
  category: "news",
  confidence: "medium",
  tlp: "clear",
  tier: 2,
  keepsText: false,
  publisherHosts: ["alpha.example"],
};

const nothing: Extraction = {
  text: "",
  summary: "",
  iocs: [],
  cveIds: [],
  techniques: [],
  tactics: [],
  threatActors: [],
  malwareFamilies: [],
  subjects: [],
  industries: [],
  category: "general",
  categoryLabel: "General",
  severityScore: 1,
  severityLabel: "low",
  severityReason: "base 1",
  techTags: [],
};

/** An article as the database takes it, where only what a test is about need be said. */
export function testArticle(
  name: string,
  { extraction, ...said }: Partial<Omit<ArticleRow, "extraction">> & { extraction?: Partial<Extraction> } = {},
): ArticleRow {
  const url = `https://alpha.example/${name}`;
  return {
    id: articleId(url),
    canonicalUrl: url,
    url,
    title: name,
    summary: `About ${name}.`,
    text: "",
    imageUrl: null,
    publishedAt: new Date("2026-11-20T00:00:00.000Z"),
    contentHash: `${name} ${JSON.stringify(said)}`,
    named: new Map(),
    ...said,
    extraction: { ...nothing, ...extraction },
  };
}

export async function keepArticle(db: Db, row: ArticleRow, now: Date, feed = testNewsFeed): Promise<void> {
  await db.sql.begin((tx) => writeArticle(tx.query, row, { feed, now }));
}

/** Somebody whose key has this tier. */
export function testReader(db: Db, now: Date, tier: Tier = tiers.pro): Reader {
  const caller = authenticated({
    kind: "key",
    keyId: "k",
    keyName: "k",
    workspaceId: "00000000-0000-4000-8000-000000000002",
    tier,
    scopes: tier.scopes,
  } as const);
  return { ...testContext(db, { now: () => now }), caller, origin: noOrigin };
}
