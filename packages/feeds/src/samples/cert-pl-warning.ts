import type { FeedSamples, Unseen } from "./sample";

const phishing = { type: "domain", threatType: "phishing" };

export const unseen: Unseen = true;

export const samples: FeedSamples = [
  {
    file: "cert-pl-warning.json",
    layout: "CERT Polska JSON",
    says: [
      { ...phishing, value: "login.bad.example", firstSeen: "2026-04-29T10:00:00Z", record: "900001" },
      { ...phishing, value: "xn--bd-wia.example", firstSeen: "2026-04-29T10:00:00Z", record: "900003" },
    ],
  },
  {
    file: "cert-pl-warning.txt",
    layout: "domain list",
    says: [
      { ...phishing, value: "login.bad.example" },
      { ...phishing, value: "xn--bd-wia.example" },
    ],
  },
];
