import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "tweetfeed.csv",
    layout: "TweetFeed CSV",
    says: [
      {
        value: "login.bad.example",
        type: "domain", certainty: 55,
        firstSeen: "2026-08-16T01:04:58Z",
        tags: ["phishing"],
        threatType: "phishing",
        referenceUrl: "https://x.com/someone/status/1",
        context: "reporter: someone",
      },
      {
        value: "https://login.bad.example/a,b",
        type: "url", certainty: 55,
        firstSeen: "2026-08-16T01:04:58Z",
        tags: ["phishing", "Brand"],
        threatType: "phishing",
        referenceUrl: "https://x.com/someone/status/1",
        context: "reporter: someone",
      },
      {
        value: "192.0.2.193",
        type: "ipv4", certainty: 55,
        firstSeen: "2026-08-16T10:56:56Z",
        tags: ["C2", "CobaltStrike"],
        threatType: "c2",
        referenceUrl: "https://x.com/other/status/2",
        context: "reporter: other",
      },
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256", certainty: 40,
        firstSeen: "2026-08-16T13:18:32Z",
        referenceUrl: "https://x.com/other/status/3",
        context: "reporter: other",
      },
    ],
  },
];
