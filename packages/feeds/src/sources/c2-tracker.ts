import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout } from "../parse/plain-lists";

export const c2Tracker: IndicatorSource = {
  kind: "indicators",
  id: "c2-tracker",
  name: "C2 Tracker",
  vendor: "montysecurity",
  homepage: "https://github.com/montysecurity/C2-Tracker",
  category: "community",
  nature: "archive",
  undated: "2026-03-16",
  confidence: "medium",
  tlp: "clear",
  reputation: 65,
  licence: { name: "no licence stated", url: "https://github.com/montysecurity/C2-Tracker", redistribution: "unclear" },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  takes: "address",
  files: [{ name: "all.txt", url: "https://raw.githubusercontent.com/montysecurity/C2-Tracker/main/data/all.txt" }],
  layouts: [addressLayout({ threatType: "c2" })],
};
