import { articleFeed, publishersOwn } from "./article-feed";

export const rssDfirreport = articleFeed({
  id: "rss-dfirreport",
  name: "The DFIR Report",
  vendor: "The DFIR Report",
  homepage: "https://thedfirreport.com/",
  category: "research",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 6 * 3600,
  answered: "2026-08",
  takes: "whole articles; the pages of teasers",
  files: [{ name: "feed.xml", url: "https://thedfirreport.com/feed/" }],
});
