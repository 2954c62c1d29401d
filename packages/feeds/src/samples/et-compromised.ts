import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "et-compromised.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.4", type: "ipv4", threatType: "compromised-host" },
      { value: "198.51.100.5", type: "ipv4", threatType: "compromised-host" },
    ],
  },
];
