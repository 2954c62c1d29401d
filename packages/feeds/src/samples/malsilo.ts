import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "malsilo.csv",
    layout: "MalSilo CSV",
    says: [
      {
        value: "192.0.2.76:80",
        type: "ipv4",
        firstSeen: "2021-02-28T00:00:00Z",
        lastSeen: "2021-03-01T00:00:00Z",
        threatType: "malware",
        malwareFamily: "delf",
      },
      {
        value: "198.51.100.63:1500",
        type: "ipv4",
        firstSeen: "2021-03-01T00:00:00Z",
        lastSeen: "2021-03-01T00:00:00Z",
        tags: ["peexe32", "pegui"],
        threatType: "malware",
        malwareFamily: "bsymem",
      },
    ],
  },
];
