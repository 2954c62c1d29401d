import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "threatfox.json",
    layout: "ThreatFox JSON",
    says: [
      {
        value: "[2001:db8::44]:8443",
        type: "ipv6", certainty: 75,
        confidence: "high",
        firstSeen: "2026-07-24T13:50:06Z",
        tags: ["c2", "compromised"],
        threatType: "botnet_cc",
        malwareFamily: "Cobalt Strike",
        referenceUrl: "https://threatfox.abuse.ch/ioc/700003/",
        context: "malpedia: win.cobalt_strike; aliases: Agentemis, BEACON; reporter: someone",
      },
      {
        value: "d41d8cd98f00b204e9800998ecf8427e",
        type: "md5", certainty: 20,
        confidence: "low",
        firstSeen: "2026-07-24T13:00:00Z",
        tags: ["loader", "exe"],
        threatType: "payload",
        referenceUrl: "https://blog.example/report",
        context: "reporter: someone",
      },
    ],
  },
];
