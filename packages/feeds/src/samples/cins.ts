import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "cins.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.1", type: "ipv4", threatType: "attacker" },
      { value: "198.51.100.2", type: "ipv4", threatType: "attacker" },
      { value: "203.0.113.3", type: "ipv4", threatType: "attacker" },
    ],
  },
];
