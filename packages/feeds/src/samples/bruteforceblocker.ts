import type { FeedSamples, Unseen } from "./sample";

const bruteForce = { type: "ipv4", threatType: "brute-force", tags: ["ssh"] };

export const unseen: Unseen = true;

export const samples: FeedSamples = [
  {
    file: "bruteforceblocker.txt",
    layout: "BruteForceBlocker list",
    says: [
      { ...bruteForce, value: "192.0.2.70", lastSeen: "2026-11-20T20:46:54Z", context: "reports: 34" },
      { ...bruteForce, value: "192.0.2.71", lastSeen: "2026-11-19T03:00:00Z", context: "reports: 3" },
    ],
  },
];
