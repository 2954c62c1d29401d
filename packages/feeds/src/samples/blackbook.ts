import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "blackbook.csv",
    layout: "Blackbook CSV",
    says: [
      {
        value: "panel.bad.example",
        type: "domain",
        firstSeen: "2024-09-01T00:00:00Z",
        threatType: "malware",
        malwareFamily: "lokibot",
        context: "source: ViriBack",
      },
      { value: "old.bad.example", type: "domain", firstSeen: "2024-08-31T00:00:00Z", threatType: "malware" },
    ],
  },
];
