import { articleFeed, publishersOwn } from "./article-feed";

export const rssBleepingcomputer = articleFeed({
  id: "rss-bleepingcomputer",
  name: "BleepingComputer",
  vendor: "BleepingComputer",
  homepage: "https://www.bleepingcomputer.com/",
  category: "news",
  confidence: "low",
  tier: 2,
  fullText: false,
  licence: publishersOwn,
  intervalSeconds: 3600,
  answered: "2026-08",
  takes: "teasers",
  files: [{ name: "feed.xml", url: "https://www.bleepingcomputer.com/feed/" }],
});
