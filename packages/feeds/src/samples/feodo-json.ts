import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "feodo.json",
    layout: "Feodo Tracker JSON",
    says: [
      {
        value: "192.0.2.32:8080",
        type: "ipv4", active: false,
        firstSeen: "2022-06-04T21:24:53Z",
        lastSeen: "2026-03-07T00:00:00Z",
        threatType: "botnet_cc",
        malwareFamily: "Emotet",
        context: "status: offline; network: AS64496 EXAMPLE-AS; country: ZZ",
      },
    ],
  },
];
