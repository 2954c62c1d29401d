import { articleFeed, publishersOwn } from "./article-feed";

export const rssDarkreading = articleFeed({
  id: "rss-darkreading",
  name: "Dark Reading",
  vendor: "Dark Reading",
  homepage: "https://www.darkreading.com/",
  category: "news",
  confidence: "low",
  tier: 2,
  fullText: false,
  licence: publishersOwn,
  intervalSeconds: 3600,
  answered: "2026-08",
  takes: "teasers",
  files: [{ name: "rss.xml", url: "https://www.darkreading.com/rss.xml" }],
});
