import { articleFeed, publishersOwn } from "./article-feed";

export const rssSentinellabs = articleFeed({
  id: "rss-sentinellabs",
  name: "SentinelLabs",
  vendor: "SentinelOne",
  homepage: "https://www.sentinelone.com/labs/",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 6 * 3600,
  answered: "2026-08",
  takes: "whole articles; the pages of teasers",
  files: [{ name: "feed.xml", url: "https://www.sentinelone.com/labs/feed/" }],
});
