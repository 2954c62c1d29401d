import { type IndicatorSource, megabyte } from "../definition/feed";
import { addressLayout } from "../parse/plain-lists";

export const digitalside: IndicatorSource = {
  kind: "indicators",
  id: "digitalside",
  name: "DigitalSide OSINT addresses",
  vendor: "DigitalSide",
  homepage: "https://osint.digitalside.it/",
  category: "community",
  nature: "archive",
  undated: "2024-10-18",
  confidence: "medium",
  tlp: "clear",
  reputation: 45,
  licence: { name: "MIT", url: "https://github.com/davidonzo/Threat-Intel/blob/master/LICENSE", redistribution: "yes" },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2024-10",
  trouble: "offline",
  takes: "address",
  files: [{ name: "latestips.txt", url: "https://osint.digitalside.it/Threat-Intel/lists/latestips.txt" }],
  layouts: [addressLayout({ threatType: "malware" }, /digitalside/i)],
};
