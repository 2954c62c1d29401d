import { articleFeed, publishersOwn } from "./article-feed";

export const rssMta = articleFeed({
  id: "rss-mta",
  name: "Malware-Traffic-Analysis.net",
  vendor: "Malware-Traffic-Analysis.net",
  homepage: "https://www.malware-traffic-analysis.net/",
  category: "research",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: publishersOwn,
  intervalSeconds: 6 * 3600,
  answered: "2026-08",
  takes: "teasers, and their pages",
  files: [{ name: "blog-entries.rss", url: "https://www.malware-traffic-analysis.net/blog-entries.rss" }],
});
