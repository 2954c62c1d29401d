import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "phishtank.csv",
    layout: "PhishTank CSV",
    says: [
      {
        value: "https://login.bad.example/Rakuten/",
        type: "url", active: true,
        firstSeen: "2021-03-21T04:17:11Z",
        lastSeen: "2021-03-21T04:21:13Z",
        threatType: "phishing",
        referenceUrl: "http://www.phishtank.com/phish_detail.php?phish_id=7000001",
        context: "target: Rakuten",
      },
      {
        value: "https://bad.example/a,b",
        type: "url", active: true,
        confidence: "low",
        firstSeen: "2021-03-21T04:04:44Z",
        threatType: "phishing",
        referenceUrl: "http://www.phishtank.com/phish_detail.php?phish_id=7000002",
      },
    ],
  },
  {
    file: "phishtank.json",
    layout: "PhishTank JSON",
    says: [
      {
        value: 'https://login.bad.example/a,b?c="1"',
        type: "url", active: true,
        firstSeen: "2026-03-21T04:17:11Z",
        lastSeen: "2026-03-21T04:21:13Z",
        threatType: "phishing",
        referenceUrl: "http://www.phishtank.com/phish_detail.php?phish_id=9000001",
      },
      {
        value: "https://pay.bad.example/",
        type: "url", active: true,
        confidence: "low",
        firstSeen: "2026-03-20T04:00:00Z",
        threatType: "phishing",
        referenceUrl: "http://www.phishtank.com/phish_detail.php?phish_id=9000002",
        context: "target: Example Bank",
      },
    ],
  },
];
