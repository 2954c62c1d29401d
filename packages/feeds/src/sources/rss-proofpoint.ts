import { articleFeed, publishersOwn } from "./article-feed";

export const rssProofpoint = articleFeed({
  id: "rss-proofpoint",
  name: "Proofpoint",
  vendor: "Proofpoint",
  homepage: "https://www.proofpoint.com/us/blog",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 6 * 3600,
  answered: "2026-08",
  takes: "teasers, and their pages",
  files: [{ name: "rss.xml", url: "https://www.proofpoint.com/us/rss.xml" }],
});
