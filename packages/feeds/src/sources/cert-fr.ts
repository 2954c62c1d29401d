import { articleFeed } from "./article-feed";

export const certFr = articleFeed({
  id: "cert-fr",
  name: "CERT-FR alerts and advisories",
  vendor: "CERT-FR",
  homepage: "https://www.cert.ssi.gouv.fr/",
  category: "government",
  confidence: "medium",
  tier: 1,
  fullText: true,
  licence: {
    name: "Licence Ouverte 2.0",
    url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    redistribution: "yes",
  },
  intervalSeconds: 2 * 3600,
  answered: "2026-08",
  takes: "teasers, and their pages",
  files: [{ name: "feed.xml", url: "https://www.cert.ssi.gouv.fr/feed/" }],
});
