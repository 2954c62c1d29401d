import { articleFeed } from "./article-feed";

export const rssCisaAdvisories = articleFeed({
  id: "rss-cisa-advisories",
  name: "CISA advisories",
  vendor: "CISA",
  homepage: "https://www.cisa.gov/news-events/cybersecurity-advisories",
  category: "government",
  confidence: "high",
  tier: 1,
  fullText: false,
  licence: {
    name: "US Government work, public domain",
    url: "https://www.cisa.gov/notification",
    redistribution: "yes",
  },
  intervalSeconds: 3600,
  answered: "2026-08",
  takes: "whole advisories",
  files: [
    {
      name: "cybersecurity-advisories.xml",
      url: "https://www.cisa.gov/cybersecurity-advisories/cybersecurity-advisories.xml",
    },
    { name: "ics-advisories.xml", url: "https://www.cisa.gov/cybersecurity-advisories/ics-advisories.xml" },
  ],
});
