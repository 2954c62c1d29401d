import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "digitalside.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.8", type: "ipv4", threatType: "malware" },
      { value: "198.51.100.8", type: "ipv4", threatType: "malware" },
    ],
  },
];
