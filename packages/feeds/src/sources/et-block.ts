import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout } from "../parse/plain-lists";

export const etBlock: IndicatorSource = {
  kind: "indicators",
  id: "et-block",
  name: "Emerging Threats block list",
  vendor: "Proofpoint",
  homepage: "https://rules.emergingthreats.net/",
  category: "threat-feed",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 70,
  repeats: "spamhaus-drop",
  licence: {
    name: "BSD-3-Clause; holds data of Spamhaus, DShield and abuse.ch",
    url: "https://rules.emergingthreats.net/OPEN_download_instructions.html",
    redistribution: "unclear",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address, network",
  files: [{ name: "emerging-Block-IPs.txt", url: "https://rules.emergingthreats.net/fwrules/emerging-Block-IPs.txt" }],
  layouts: [addressLayout({ threatType: "blocklisted" }, /emerging threats/i)],
};
