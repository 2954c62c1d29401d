import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "otx-pulses.json",
    layout: "OTX pulses",
    says: [
      {
        value: "192.0.2.54",
        type: "ipv4",
        firstSeen: "2026-01-03T09:21:53Z",
        tags: ["apt", "spearphishing"],
        mitreTechniques: ["T1566.001"],
        malwareFamily: "Ghole",
        referenceUrl: "https://blog.example/report",
        context: "pulse: Example kittens; adversary: Example Kitten",
      },
      {
        value: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        type: "sha1",
        firstSeen: "2026-01-02T09:21:53Z",
        tags: ["apt", "spearphishing"],
        mitreTechniques: ["T1566.001"],
        malwareFamily: "Ghole",
        referenceUrl: "https://blog.example/report",
        context: "pulse: Example kittens; adversary: Example Kitten",
      },
      {
        value: "mail.bad.example",
        type: "domain",
        firstSeen: "2026-01-02T09:21:53Z",
        tags: ["apt", "spearphishing"],
        mitreTechniques: ["T1566.001"],
        malwareFamily: "Ghole",
        referenceUrl: "https://blog.example/report",
        context: "pulse: Example kittens; adversary: Example Kitten",
      },
    ],
  },
];
