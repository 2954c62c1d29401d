import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "firehol-anonymizers.ipset",
    layout: "FireHOL list",
    says: [
      {
        value: "203.0.113.10",
        type: "ipv4",
        confidence: "low",
        threatType: "anonymizers",
        context: "list: example_proxies_1d",
      },
    ],
  },
  {
    file: "firehol.netset",
    layout: "FireHOL list",
    says: [
      { value: "192.0.2.0/24", type: "ipv4", threatType: "attacks", context: "list: example_level1" },
      { value: "198.51.100.10", type: "ipv4", threatType: "attacks", context: "list: example_level1" },
    ],
  },
];
