import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "et-block.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.0/24", type: "ipv4", threatType: "blocklisted" },
      { value: "198.51.100.0/25", type: "ipv4", threatType: "blocklisted" },
      { value: "203.0.113.9", type: "ipv4", threatType: "blocklisted" },
    ],
  },
];
