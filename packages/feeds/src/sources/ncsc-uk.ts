import { articleFeed } from "./article-feed";

export const ncscUk = articleFeed({
  id: "ncsc-uk",
  name: "NCSC news and advisories",
  vendor: "NCSC UK",
  homepage: "https://www.ncsc.gov.uk/",
  category: "government",
  confidence: "medium",
  tier: 1,
  fullText: false,
  licence: {
    name: "Open Government Licence v3.0",
    url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    redistribution: "yes",
  },
  intervalSeconds: 2 * 3600,
  answered: "2026-08",
  takes: "teasers",
  files: [{ name: "all-rss-feed.xml", url: "https://www.ncsc.gov.uk/api/1/services/v1/all-rss-feed.xml" }],
});
