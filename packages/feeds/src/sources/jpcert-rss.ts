import { articleFeed } from "./article-feed";

export const jpcertRss = articleFeed({
  id: "jpcert-rss",
  name: "JPCERT/CC alerts",
  vendor: "JPCERT/CC",
  homepage: "https://www.jpcert.or.jp/english/",
  category: "government",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: { name: "© JPCERT/CC", url: "https://www.jpcert.or.jp/english/guidelines.html", redistribution: "unclear" },
  intervalSeconds: 6 * 3600,
  answered: "2026-08",
  takes: "teasers, and their pages",
  files: [{ name: "jpcert-en.rdf", url: "https://www.jpcert.or.jp/english/rss/jpcert-en.rdf" }],
});
