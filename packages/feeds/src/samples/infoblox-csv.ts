import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "infoblox-csv.csv",
    layout: "Infoblox CSV",
    says: [
      { value: "192[.]0[.]2[.]29", type: "ipv4", firstSeen: "2026-03-18T00:00:00Z", threatType: "malicious" },
      {
        value: "hXXps[:]//mail[.]bad[.]example/webmail[.]php?email={x}",
        type: "url",
        firstSeen: "2025-10-29T00:00:00Z",
        threatType: "malicious",
      },
      {
        value: "shop[.]bad[.]example",
        type: "domain",
        confidence: "medium",
        firstSeen: "2026-03-06T00:00:00Z",
        threatType: "suspicious",
      },
    ],
  },
];
