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
  {
    layout: "table, typed by its cells",
    body: `Kind;Indicator;Comment\nfile;report.docx;a name\nSHA-256;${"d".repeat(64)};loader\ndomain;c2.bad.example;a server\nip;192.0.2.86;\n`,
    says: [
      { value: "d".repeat(64), type: "sha256", threatType: "malware" },
      { value: "c2.bad.example", type: "domain", threatType: "malware" },
      { value: "192.0.2.86", type: "ipv4", threatType: "malware" },
    ],
  },
  {
    layout: "domain list",
    body: "miner.bad.example\npool[.]bad[.]example\n",
    says: [
      { value: "miner.bad.example", type: "domain", threatType: "malware" },
      { value: "pool[.]bad[.]example", type: "domain", threatType: "malware" },
    ],
  },
];
