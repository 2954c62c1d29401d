import type { FeedSamples, Unseen } from "./sample";

export const unseen: Unseen = true;

export const samples: FeedSamples = [
  {
    file: "threatview-addresses.txt",
    layout: "address list",
    says: ["192.0.2.77", "192.0.2.78"].map((value) => ({ value, type: "ipv4", threatType: "malware" })),
  },
  {
    file: "threatview-domains.txt",
    layout: "domain list",
    says: ["bad.example", "other.bad.example"].map((value) => ({ value, type: "domain", threatType: "malware" })),
  },
  {
    file: "threatview-urls.txt",
    layout: "URL list",
    says: [{ value: "http://bad.example/a", type: "url", threatType: "malware" }],
  },
  {
    file: "threatview-hashes.txt",
    layout: "hash list",
    says: [
      { value: "c".repeat(32), type: "md5", threatType: "malware" },
      { value: "d".repeat(64), type: "sha256", threatType: "malware" },
    ],
  },
];
