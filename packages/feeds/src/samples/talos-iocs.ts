import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "talos-iocs-addresses.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.70", type: "ipv4", threatType: "malware" },
      { value: "198.51.100.70", type: "ipv4", threatType: "malware" },
    ],
  },
  { file: "talos-iocs-tree.json", layout: "GitHub tree", says: [] },
  {
    file: "talos-iocs.json",
    layout: "STIX 2",
    says: [
      {
        record: "indicator--00000000-0000-4000-8000-000000000003",
        value: "192.0.2.26",
        type: "ipv4",
        firstSeen: "2026-06-22T15:08:59Z",
        referenceUrl: "https://blog.example/campaign",
        context: "report: Example campaign; description: C2",
      },
      {
        record: "indicator--00000000-0000-4000-8000-000000000004",
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        firstSeen: "2026-06-22T15:10:56Z",
        referenceUrl: "https://blog.example/campaign",
        context: "report: Example campaign",
      },
    ],
  },
  {
    file: "talos-iocs-domains.txt",
    layout: "domain list",
    says: [
      { value: "c2.bad.example", type: "domain", threatType: "malware" },
      { value: "get.bad.example", type: "domain", threatType: "malware" },
    ],
  },
  {
    file: "talos-iocs-hashes.txt",
    layout: "hash list",
    says: [
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        threatType: "malware",
      },
      {
        value: "3333333333333333333333333333333333333333333333333333333333333333",
        type: "sha256",
        threatType: "malware",
      },
    ],
  },
  {
    file: "talos-iocs-urls.txt",
    layout: "URL list",
    says: [
      { value: "http://192.0.2.71/a", type: "url", threatType: "malware" },
      { value: "https://bad.example/b", type: "url", threatType: "malware" },
    ],
  },
  {
    layout: "table, typed by its cells",
    body: `Kind;Indicator;Comment\nfile;report.docx;a name\nSHA-256;${"d".repeat(64)};loader\ndomain;c2.bad.example;a server\nip;192.0.2.86;\n`,
    says: [
      { value: "d".repeat(64), type: "sha256", threatType: "malware" },
      { value: "c2.bad.example", type: "domain", threatType: "malware" },
      { value: "192.0.2.86", type: "ipv4", threatType: "malware" },
    ],
  },
];
