import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout } from "../parse/plain-lists";

export const blocklistDe: IndicatorSource = {
  kind: "indicators",
  id: "blocklist-de",
  name: "blocklist.de",
  vendor: "blocklist.de",
  homepage: "https://www.blocklist.de/en/export.html",
  category: "community",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: {
    name: "free of charge; no licence text",
    url: "https://www.blocklist.de/en/export.html",
    redistribution: "unclear",
  },
  intervalSeconds: 3600,
  minSeconds: 1800,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address",
  files: [{ name: "all.txt", url: "https://lists.blocklist.de/lists/all.txt" }],
  layouts: [addressLayout({ threatType: "attacker" })],
};
