import { type IndicatorSource, megabyte } from "../definition/feed";
import { mispHashes, mispLayout, mispManifest } from "../parse/misp";

const base = "https://www.circl.lu/doc/misp/feed-osint/";

export const mispCircl: IndicatorSource = {
  kind: "indicators",
  id: "misp-circl",
  name: "CIRCL OSINT feed (MISP)",
  vendor: "CIRCL",
  homepage: "https://www.circl.lu/doc/misp/feed-osint/",
  category: "threat-intel",
  nature: "archive",
  undated: "2016-01-01",
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
  answered: "2026-08",
  takes:
    "attributes that are meant for detection (`to_ids`), of a type that Tocsin has; event, comment, report, tags, confidence, times",
  files: [{ name: "manifest.json", url: `${base}manifest.json` }],
  layouts: [mispLayout(), mispManifest(base), mispHashes],
};
