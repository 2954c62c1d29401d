import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout } from "../parse/plain-lists";

export const greensnow: IndicatorSource = {
  kind: "indicators",
  id: "greensnow",
  name: "GreenSnow",
  vendor: "GreenSnow",
  homepage: "https://greensnow.co/",
  category: "threat-feed",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 50,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: { name: "free of charge; no licence text", url: "https://greensnow.co/", redistribution: "unclear" },
  intervalSeconds: 3600,
  minSeconds: 1800,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address",
  files: [{ name: "greensnow.txt", url: "https://blocklist.greensnow.co/greensnow.txt" }],
  layouts: [addressLayout({ threatType: "attacker" })],
};
