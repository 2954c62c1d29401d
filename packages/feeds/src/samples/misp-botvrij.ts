import type { FeedSamples, Unseen } from "./sample";

export const unseen: Unseen = true;

export const samples: FeedSamples = [
  { file: "misp-botvrij-manifest.json", layout: "MISP manifest", says: [] },
  {
    file: "misp-botvrij.json",
    layout: "MISP event",
    says: [
      {
        value: "login.bad.example",
        type: "domain",
        firstSeen: "2026-08-20T00:51:55Z",
        tags: ["phishing"],
        mitreTechniques: ["T1566"],
        threatType: "network-activity",
        malwareFamily: "Example Loader",
        referenceUrl: "https://x.com/someone/status/1",
        context: "event: Event of misp-botvrij",
      },
      {
        value: "192.0.2.90:8443",
        type: "ipv4",
        firstSeen: "2026-06-26T00:00:00Z",
        lastSeen: "2026-06-27T00:00:00Z",
        mitreTechniques: ["T1566"],
        threatType: "network-activity",
        malwareFamily: "Example Loader",
        referenceUrl: "https://blog.example/report",
        context: "event: Event of misp-botvrij; comment: C2",
      },
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        firstSeen: "2026-08-20T00:51:55Z",
        mitreTechniques: ["T1566"],
        threatType: "payload-delivery",
        malwareFamily: "Example Loader",
        referenceUrl: "https://blog.example/report",
        context: "event: Event of misp-botvrij",
      },
    ],
  },
  { file: "misp-botvrij-hashes.csv", layout: "MISP hashes", says: [] },
];
