import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "stix-mvt.stix2",
    layout: "STIX 2",
    says: [
      {
        record: "indicator--00000000-0000-4000-8000-000000000003",
        value: "login.bad.example",
        type: "domain", certainty: 80,
        confidence: "high",
        firstSeen: "2026-08-22T02:53:35Z",
        tags: ["phishing"],
        threatType: "spyware",
        malwareFamily: "ExampleSpy",
        referenceUrl: "https://x.com/someone/status/1",
        context: "description: IOC reported by @someone",
      },
      {
        record: "indicator--00000000-0000-4000-8000-000000000004",
        value: "192.0.2.67",
        type: "ipv4",
        firstSeen: "2026-08-22T13:35:34Z",
        tags: ["C2"],
        threatType: "spyware",
      },
      {
        record: "indicator--00000000-0000-4000-8000-000000000004",
        value: "http://192.0.2.67/it's",
        type: "url",
        firstSeen: "2026-08-22T13:35:34Z",
        tags: ["C2"],
        threatType: "spyware",
      },
      {
        record: "indicator--00000000-0000-4000-8000-000000000004",
        value: "https://bad.example/",
        type: "url",
        firstSeen: "2026-08-22T13:35:34Z",
        tags: ["C2"],
        threatType: "spyware",
      },
    ],
  },
];
