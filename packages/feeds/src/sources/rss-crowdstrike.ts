import { articleFeed, publishersOwn } from "./article-feed";

export const rssCrowdstrike = articleFeed({
  id: "rss-crowdstrike",
  name: "CrowdStrike",
  vendor: "CrowdStrike",
  homepage: "https://www.crowdstrike.com/en-us/blog/",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 6 * 3600,
  answered: "2026-08",
  takes: "teasers, and their pages",
  files: [{ name: "feed.xml", url: "https://www.crowdstrike.com/en-us/blog/feed" }],
});
