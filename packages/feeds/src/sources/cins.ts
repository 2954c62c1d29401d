import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout } from "../parse/plain-lists";

export const cins: IndicatorSource = {
  kind: "indicators",
  id: "cins",
  name: "CINS Army list",
  vendor: "Sentinel IPS",
  homepage: "https://cinsscore.com/",
  category: "threat-feed",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 55,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: { name: "free of charge; no licence text", url: "https://cinsscore.com/", redistribution: "unclear" },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address",
  files: [{ name: "ci-badguys.txt", url: "https://cinsscore.com/list/ci-badguys.txt" }],
  layouts: [addressLayout({ threatType: "attacker" })],
};
