import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout } from "../parse/plain-lists";

export const binarydefense: IndicatorSource = {
  kind: "indicators",
  id: "binarydefense",
  name: "Binary Defense ban list",
  vendor: "Binary Defense",
  homepage: "https://www.binarydefense.com/",
  category: "threat-feed",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: {
    name: "Binary Defense terms: free for one's own use, commercial use restricted",
    url: "https://www.binarydefense.com/banlist.txt",
    redistribution: "no",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address",
  files: [{ name: "banlist.txt", url: "https://www.binarydefense.com/banlist.txt" }],
  layouts: [addressLayout({ threatType: "attacker" }, /binary defense/i)],
};
