import { articleFeed } from "./article-feed";

export const rssHuntersledger = articleFeed({
  id: "rss-huntersledger",
  name: "The Hunter's Ledger reports",
  vendor: "The Hunter's Ledger",
  homepage: "https://the-hunters-ledger.com/",
  category: "research",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/", redistribution: "yes" },
  intervalSeconds: 24 * 3600,
  answered: "2026-08",
  takes: "whole articles; the pages of teasers",
  files: [{ name: "feed.xml", url: "https://the-hunters-ledger.com/feed.xml" }],
});
