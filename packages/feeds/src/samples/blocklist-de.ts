import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "blocklist-de.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.6", type: "ipv4", threatType: "attacker" },
      { value: "2001:db8::6", type: "ipv6", threatType: "attacker" },
    ],
  },
];
