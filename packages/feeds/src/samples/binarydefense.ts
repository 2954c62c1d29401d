import type { FeedSamples, Unseen } from "./sample";

export const unseen: Unseen = true;

export const samples: FeedSamples = [
  {
    file: "binarydefense.txt",
    layout: "address list",
    says: ["192.0.2.72", "192.0.2.73"].map((value) => ({ value, type: "ipv4", threatType: "attacker" })),
  },
];
