import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "openioc.ioc",
    layout: "OpenIOC",
    says: [
      {
        value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        type: "md5",
        firstSeen: "2026-01-02T15:57:54Z",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "report: EXAMPLE & CO (BLOGPOST)",
      },
      {
        value: "c2.bad.example",
        type: "domain",
        firstSeen: "2026-01-02T15:57:54Z",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "report: EXAMPLE & CO (BLOGPOST)",
      },
      {
        value: "192.0.2.157",
        type: "ipv4",
        firstSeen: "2026-01-02T15:57:54Z",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "report: EXAMPLE & CO (BLOGPOST)",
      },
    ],
  },
];
