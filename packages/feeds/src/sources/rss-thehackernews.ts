import { articleFeed, publishersOwn } from "./article-feed";

export const rssThehackernews = articleFeed({
  id: "rss-thehackernews",
  name: "The Hacker News",
  vendor: "The Hacker News",
  homepage: "https://thehackernews.com/",
  category: "news",
  confidence: "low",
  tier: 2,
  fullText: false,
  licence: publishersOwn,
  intervalSeconds: 3600,
  answered: "2026-08",
  takes: "teasers",
  files: [{ name: "feed.xml", url: "https://feeds.feedburner.com/TheHackersNews" }],
});
