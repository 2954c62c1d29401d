import { type IndicatorFeed, megabyte } from "../definition/feed";
import { mispHashes, mispLayout, mispManifest } from "../parse/misp";

const base = "https://www.circl.lu/doc/misp/feed-osint/";

export const mispCircl: IndicatorFeed = {
  kind: "indicators",
  id: "misp-circl",
  name: "CIRCL OSINT feed (MISP)",
  vendor: "CIRCL",
  homepage: "https://www.circl.lu/doc/misp/feed-osint/",
  category: "threat-intel",
  confidence: "medium",
  tlp: "clear",
  reputation: 75,
  licence: {
    name: "free of charge, TLP:CLEAR; no licence text",
    url: "https://www.circl.lu/doc/misp/feed-osint/",
    redistribution: "unclear",
  },
  intervalSeconds: 12 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 128 * megabyte,
  files: [{ name: "manifest.json", url: `${base}manifest.json` }],
  layouts: [mispLayout(), mispManifest(base), mispHashes],
};
