import { articleFeed, publishersOwn } from "./article-feed";

export const rssWelivesecurity = articleFeed({
  id: "rss-welivesecurity",
  name: "WeLiveSecurity",
  vendor: "ESET",
  homepage: "https://www.welivesecurity.com/",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 2 * 3600,
  answered: "2026-08",
  takes: "teasers, and their pages",
  files: [{ name: "feed.xml", url: "https://www.welivesecurity.com/en/rss/feed/" }],
});
