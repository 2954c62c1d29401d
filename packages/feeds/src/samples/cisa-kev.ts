import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "cisa-kev.json",
    layout: "KEV JSON",
    says: [
      {
        value: "CVE-2099-0001",
        type: "cve", certainty: 100,
        confidence: "high",
        firstSeen: "2026-01-01T00:00:00Z",
        tags: ["CWE-59", "CWE-436", "kev", "ransomware"],
        threatType: "exploited-vulnerability",
        referenceUrl: "https://acme.example/advisory",
        context:
          'vendor: Acme; product: Gate; vulnerability: Acme Gate "Door" Vulnerability {x}; due: 2026-01-22; ' +
          "ransomware use: Known",
      },
    ],
  },
  {
    file: "cisa-kev.csv",
    layout: "KEV CSV",
    says: [
      {
        value: "CVE-2099-0001",
        type: "cve",
        confidence: "high",
        firstSeen: "2026-01-01T00:00:00Z",
        tags: ["CWE-59", "CWE-436", "kev"],
        threatType: "exploited-vulnerability",
        referenceUrl: "https://acme.example/advisory",
        context:
          "vendor: Acme; product: Gate, Door; vulnerability: Acme Gate Vulnerability; due: 2026-01-22; " +
          "ransomware use: Unknown",
      },
      {
        value: "CVE-2099-0002",
        type: "cve",
        confidence: "high",
        firstSeen: "2026-01-02T00:00:00Z",
        tags: ["kev"],
        threatType: "exploited-vulnerability",
        context:
          "vendor: Acme; product: Wall; vulnerability: Acme Wall Vulnerability; due: 2026-01-23; ransomware use: Unknown",
      },
    ],
  },
];
