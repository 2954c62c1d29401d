import { articleFeed, publishersOwn } from "./article-feed";

export const rssSchneier = articleFeed({
  id: "rss-schneier",
  name: "Schneier on Security",
  vendor: "Bruce Schneier",
  homepage: "https://www.schneier.com/",
  category: "news",
  confidence: "low",
  tier: 3,
  fullText: false,
  licence: publishersOwn,
  intervalSeconds: 6 * 3600,
  answered: "2026-08",
  takes: "whole articles",
  files: [{ name: "atom.xml", url: "https://www.schneier.com/feed/atom/" }],
});
