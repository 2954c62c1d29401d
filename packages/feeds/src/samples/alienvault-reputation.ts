import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "alienvault-reputation.txt",
    layout: "AlienVault generic list",
    says: [
      { value: "192.0.2.15", type: "ipv4", threatType: "malicious-host", context: "country: DE" },
      {
        value: "198.51.100.15",
        type: "ipv4",
        threatType: "scanning-host-spamming",
        context: "country: ZZ; city: Sherman Oaks",
      },
    ],
  },
];
