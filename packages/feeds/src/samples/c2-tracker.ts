import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "c2-tracker.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.9", type: "ipv4", threatType: "c2" },
      { value: "2001:db8::9", type: "ipv6", threatType: "c2" },
    ],
  },
];
