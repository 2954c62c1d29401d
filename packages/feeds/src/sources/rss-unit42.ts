import { articleFeed, publishersOwn } from "./article-feed";

export const rssUnit42 = articleFeed({
  id: "rss-unit42",
  name: "Unit 42",
  vendor: "Palo Alto Networks",
  homepage: "https://unit42.paloaltonetworks.com/",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 2 * 3600,
  answered: "2026-08",
  takes: "teasers, and their pages",
  files: [{ name: "feed.xml", url: "https://unit42.paloaltonetworks.com/feed/" }],
});
