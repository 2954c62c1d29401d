import { articleFeed, publishersOwn } from "./article-feed";

export const rssMandiant = articleFeed({
  id: "rss-mandiant",
  name: "Google Threat Intelligence",
  vendor: "Google",
  homepage: "https://cloud.google.com/blog/topics/threat-intelligence",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 2 * 3600,
  answered: "2026-08",
  takes: "whole articles; the pages of teasers",
  files: [{ name: "rss.xml", url: "https://cloudblog.withgoogle.com/topics/threat-intelligence/rss/" }],
});
