import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "dataplane.txt",
    layout: "DataPlane table",
    says: [
      {
        value: "192.0.2.34",
        type: "ipv4",
        lastSeen: "2026-03-20T03:44:30Z",
        threatType: "sipquery",
        context: "network: AS64496 EXAMPLE-AS",
      },
      { value: "198.51.100.34", type: "ipv4", lastSeen: "2026-03-18T11:31:35Z", threatType: "sipquery" },
    ],
  },
];
