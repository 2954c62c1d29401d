import { articleFeed, publishersOwn } from "./article-feed";

export const rssSecurelist = articleFeed({
  id: "rss-securelist",
  name: "Securelist",
  vendor: "Kaspersky",
  homepage: "https://securelist.com/",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 2 * 3600,
  answered: "2026-08",
  takes: "whole articles; the pages of teasers",
  files: [{ name: "feed.xml", url: "https://securelist.com/feed/" }],
});
