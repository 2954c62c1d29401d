import { articleFeed } from "./article-feed";

export const rssIscDiary = articleFeed({
  id: "rss-isc-diary",
  name: "SANS ISC diary",
  vendor: "SANS ISC",
  homepage: "https://isc.sans.edu/",
  category: "research",
  confidence: "medium",
  tier: 1,
  fullText: false,
  licence: {
    name: "CC BY-NC 3.0 US",
    url: "https://creativecommons.org/licenses/by-nc/3.0/us/",
    redistribution: "unclear",
  },
  intervalSeconds: 3600,
  answered: "2026-08",
  takes: "whole articles",
  files: [{ name: "rssfeed_full.xml", url: "https://isc.sans.edu/rssfeed_full.xml" }],
});
