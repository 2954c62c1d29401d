import { articleFeed, publishersOwn } from "./article-feed";

export const rssCheckpoint = articleFeed({
  id: "rss-checkpoint",
  name: "Check Point Research",
  vendor: "Check Point",
  homepage: "https://research.checkpoint.com/",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 6 * 3600,
  answered: "2026-08",
  takes: "whole articles; the pages of teasers",
  files: [{ name: "feed.xml", url: "https://research.checkpoint.com/feed/" }],
});
