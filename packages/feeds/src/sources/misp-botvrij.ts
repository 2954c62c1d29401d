import { type IndicatorSource, megabyte } from "../definition/feed";
import { mispHashes, mispLayout, mispManifest } from "../parse/misp";

const base = "https://www.botvrij.eu/data/feed-osint/";

export const mispBotvrij: IndicatorSource = {
  kind: "indicators",
  id: "misp-botvrij",
  name: "Botvrij.eu OSINT feed (MISP)",
  vendor: "Botvrij.eu",
  homepage: "https://www.botvrij.eu/",
  category: "community",
  nature: "archive",
  undated: "2016-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  licence: {
    name: "free of charge, TLP:CLEAR; no licence text",
    url: "https://www.botvrij.eu/",
    redistribution: "unclear",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 128 * megabyte,
  answered: "2026-08",
  takes: "as `misp-circl`",
  files: [{ name: "manifest.json", url: `${base}manifest.json` }],
  layouts: [mispLayout(), mispManifest(base), mispHashes],
};
