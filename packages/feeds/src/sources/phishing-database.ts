import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout, domainLayout, urlLayout } from "../parse/plain-lists";

const about = { threatType: "phishing" };

export const phishingDatabase: IndicatorSource = {
  kind: "indicators",
  id: "phishing-database",
  name: "Phishing.Database",
  vendor: "Phishing.Database",
  homepage: "https://github.com/Phishing-Database/Phishing.Database",
  category: "community",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 55,
  lifetimeDays: { url: 30 },
  licence: {
    name: "MIT",
    url: "https://github.com/Phishing-Database/Phishing.Database/blob/master/LICENSE",
    redistribution: "yes",
  },
  intervalSeconds: 12 * 3600,
  minSeconds: 3600,
  maxBytes: 256 * megabyte,
  answered: "2026-08",
  takes: "domain, URL, address",
  files: [
    {
      name: "phishing-domains-ACTIVE1.txt",
      url: "https://raw.githubusercontent.com/Phishing-Database/Phishing.Database/refs/heads/master/phishing-domains-ACTIVE/phishing-domains-ACTIVE1.txt",
    },
    {
      name: "phishing-domains-ACTIVE2.txt",
      url: "https://raw.githubusercontent.com/Phishing-Database/Phishing.Database/refs/heads/master/phishing-domains-ACTIVE/phishing-domains-ACTIVE2.txt",
    },
    {
      name: "phishing-domains-ACTIVE3.txt",
      url: "https://raw.githubusercontent.com/Phishing-Database/Phishing.Database/refs/heads/master/phishing-domains-ACTIVE/phishing-domains-ACTIVE3.txt",
    },
    {
      name: "phishing-IPs-ACTIVE1.txt",
      url: "https://raw.githubusercontent.com/Phishing-Database/Phishing.Database/refs/heads/master/phishing-IPs-ACTIVE/phishing-IPs-ACTIVE1.txt",
    },
    {
      name: "phishing-links-NEW-today.txt",
      url: "https://raw.githubusercontent.com/Phishing-Database/Phishing.Database/refs/heads/master/phishing-links-NEW-today.txt",
    },
  ],
  layouts: [urlLayout(about), addressLayout(about), domainLayout(about)],
};
