import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "threatfox.csv",
    layout: "ThreatFox CSV",
    says: [
      {
        value: "192.0.2.44:8443",
        type: "ipv4", certainty: 100,
        confidence: "high",
        firstSeen: "2025-12-07T13:05:49Z",
        lastSeen: "2025-12-08T01:00:00Z",
        tags: ["c2", "cobalt"],
        threatType: "botnet_cc",
        malwareFamily: "Cobalt Strike",
        referenceUrl: "https://blog.example/report",
        context: "malpedia: win.cobalt_strike; aliases: Agentemis, BEACON; reporter: someone",
      },
      {
        value: "gate.bad.example",
        type: "domain", certainty: 50,
        confidence: "medium",
        firstSeen: "2025-12-07T12:00:00Z",
        threatType: "payload_delivery",
        referenceUrl: "https://threatfox.abuse.ch/ioc/700002/",
        context: "reporter: someone",
      },
    ],
  },
];
