import { articleFeed, publishersOwn } from "./article-feed";

export const rssSecurityweek = articleFeed({
  id: "rss-securityweek",
  name: "SecurityWeek",
  vendor: "SecurityWeek",
  homepage: "https://www.securityweek.com/",
  category: "news",
  confidence: "low",
  tier: 2,
  fullText: false,
  licence: publishersOwn,
  intervalSeconds: 3600,
  answered: "2026-08",
  takes: "teasers",
  files: [{ name: "feed.xml", url: "https://www.securityweek.com/feed/" }],
});
