import { articleFeed, publishersOwn } from "./article-feed";

export const rssTalos = articleFeed({
  id: "rss-talos",
  name: "Cisco Talos",
  vendor: "Cisco Talos",
  homepage: "https://blog.talosintelligence.com/",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 2 * 3600,
  answered: "2026-08",
  takes: "whole articles; the pages of teasers",
  files: [{ name: "rss.xml", url: "https://blog.talosintelligence.com/rss/" }],
});
