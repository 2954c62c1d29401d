import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "tor-bulk.txt",
    layout: "Tor bulk exit list",
    says: ["192.0.2.232", "198.51.100.64"].map((value) => ({
      value,
      type: "ipv4",
      confidence: "low",
      tags: ["tor"],
      threatType: "tor-exit-node",
    })),
  },
];
