import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "dshield.txt",
    layout: "DShield block list",
    says: [
      { value: "192.0.2.0/24", type: "ipv4", confidence: "medium", certainty: 81, threatType: "scanner", context: "targets reporting it: 117" },
      {
        value: "198.51.100.0/24",
        type: "ipv4", confidence: "medium", certainty: 79,
        threatType: "scanner",
        context: "targets reporting it: 90; network: EXAMPLE-AS; country: ZZ",
      },
    ],
  },
];
