import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout } from "../parse/plain-lists";

export const etCompromised: IndicatorSource = {
  kind: "indicators",
  id: "et-compromised",
  name: "Emerging Threats compromised hosts",
  vendor: "Proofpoint",
  homepage: "https://rules.emergingthreats.net/",
  category: "threat-feed",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 65,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: {
    name: "BSD-3-Clause",
    url: "https://rules.emergingthreats.net/OPEN_download_instructions.html",
    redistribution: "yes",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address",
  files: [{ name: "compromised-ips.txt", url: "https://rules.emergingthreats.net/blockrules/compromised-ips.txt" }],
  layouts: [addressLayout({ threatType: "compromised-host" })],
};
