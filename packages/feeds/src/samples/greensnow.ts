import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "greensnow.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.7", type: "ipv4", threatType: "attacker" },
      { value: "203.0.113.7", type: "ipv4", threatType: "attacker" },
    ],
  },
];
