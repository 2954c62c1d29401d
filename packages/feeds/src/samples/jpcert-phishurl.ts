import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "jpcert-phishurl.csv",
    layout: "JPCERT/CC CSV",
    says: [
      {
        value: "https://bank.bad.example/index.php#/login",
        type: "url",
        firstSeen: "2025-10-01T01:25:00Z",
        threatType: "phishing",
        context: "target: 三井住友信託銀行",
      },
      {
        value: "https://card.bad.example/jk",
        type: "url",
        firstSeen: "2025-09-30T17:02:00Z",
        threatType: "phishing",
        context: "target: JCB",
      },
    ],
  },
  { file: "jpcert-phishurl-tree.json", layout: "GitHub tree", says: [] },
];
