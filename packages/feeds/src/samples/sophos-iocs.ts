import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "sophos-iocs.csv",
    layout: "Sophos CSV",
    says: [
      {
        value: "hxxps[://]files[.]bad[.]example/a[.]txt",
        type: "url",
        threatType: "malware",
        context: "note: Hosts scripts",
      },
      { value: "c2[.]bad[.]example", type: "domain", threatType: "malware", context: "note: C2, first stage" },
      { value: "192.0.2[.]84", type: "ipv4", threatType: "malware", context: "note: C2" },
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        threatType: "malware",
        context: "note: Binary",
      },
    ],
  },
  { file: "sophos-iocs-tree.json", layout: "GitHub tree", says: [] },
];
