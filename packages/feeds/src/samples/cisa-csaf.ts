import type { FeedSamples } from "./sample";

const advisory = {
  type: "cve",
  firstSeen: "2026-01-06T07:00:00Z",
  lastSeen: "2026-01-20T07:00:00Z",
  threatType: "security-advisory",
  referenceUrl: "https://advisories.example/icsa-26-001-01",
  industries: ["energy", "water"],
};

export const samples: FeedSamples = [
  {
    file: "cisa-csaf.json",
    layout: "CSAF 2.0",
    says: [
      {
        ...advisory,
        value: "CVE-2099-0001",
        tags: ["csaf", "CWE-22"],
        context: "advisory: ICSA-26-001-01 Acme Controller; CVSS: 8 high",
      },
      { ...advisory, value: "CVE-2099-0002", tags: ["csaf"], context: "advisory: ICSA-26-001-01 Acme Controller" },
    ],
  },
  { file: "cisa-csaf-feed.json", layout: "ROLIE feed", says: [] },
];
