import { articleFeed, publishersOwn } from "./article-feed";

export const rssDatabreaches = articleFeed({
  id: "rss-databreaches",
  name: "DataBreaches.net",
  vendor: "DataBreaches.net",
  homepage: "https://databreaches.net/",
  category: "news",
  confidence: "low",
  tier: 3,
  fullText: false,
  licence: publishersOwn,
  intervalSeconds: 3600,
  answered: "2026-08",
  takes: "teasers",
  files: [{ name: "feed.xml", url: "https://databreaches.net/feed/" }],
});
