import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout, domainLayout, hashLayout, urlLayout } from "../parse/plain-lists";

const about = { threatType: "malware" };
const banner = /threatview/i;
const file = (name: string) => ({ name, url: `https://threatview.io/Downloads/${name}` });

export const threatview: IndicatorSource = {
  kind: "indicators",
  id: "threatview",
  name: "ThreatView high-confidence lists",
  vendor: "ThreatView",
  homepage: "https://threatview.io/",
  category: "community",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 50,
  licence: { name: "free of charge; no licence text", url: "https://threatview.io/", redistribution: "unclear" },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 128 * megabyte,
  answered: "2026-08",
  takes: "address, domain, URL, hash",
  files: [
    file("IP-High-Confidence-Feed.txt"),
    file("DOMAIN-High-Confidence-Feed.txt"),
    file("URL-High-Confidence-Feed.txt"),
    file("MD5-HASH-ALL.txt"),
    file("SHA-HASH-FEED.txt"),
  ],
  layouts: [hashLayout(about, banner), urlLayout(about), addressLayout(about, banner), domainLayout(about)],
};
