import { articleFeed, publishersOwn } from "./article-feed";

export const rssMicrosoftSecurity = articleFeed({
  id: "rss-microsoft-security",
  name: "Microsoft Security",
  vendor: "Microsoft",
  homepage: "https://www.microsoft.com/en-us/security/blog/",
  category: "vendor",
  confidence: "medium",
  tier: 1,
  fullText: false,
  licence: publishersOwn,
  intervalSeconds: 2 * 3600,
  answered: "2026-08",
  takes: "whole articles",
  files: [{ name: "feed.xml", url: "https://www.microsoft.com/en-us/security/blog/feed/" }],
});
