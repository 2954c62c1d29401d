import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "sslbl-ip.csv",
    layout: "SSLBL addresses",
    says: [
      { value: "192.0.2.148:8808", type: "ipv4", firstSeen: "2021-03-20T01:56:52Z", threatType: "botnet_cc" },
      { value: "198.51.100.82:443", type: "ipv4", firstSeen: "2021-03-19T14:38:40Z", threatType: "botnet_cc" },
    ],
  },
];
