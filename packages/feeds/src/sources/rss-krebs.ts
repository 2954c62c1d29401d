import { articleFeed, publishersOwn } from "./article-feed";

export const rssKrebs = articleFeed({
  id: "rss-krebs",
  name: "Krebs on Security",
  vendor: "KrebsOnSecurity",
  homepage: "https://krebsonsecurity.com/",
  category: "news",
  confidence: "low",
  tier: 2,
  fullText: false,
  licence: publishersOwn,
  intervalSeconds: 3600,
  answered: "2026-08",
  takes: "whole articles",
  files: [{ name: "feed.xml", url: "https://krebsonsecurity.com/feed/" }],
});
