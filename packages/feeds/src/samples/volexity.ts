import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "volexity.csv",
    layout: "Volexity CSV",
    says: [
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        threatType: "malware",
        malwareFamily: "EXAMPLEDOOR",
        context: "note: EXAMPLEDOOR",
      },
      {
        value: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        type: "sha1",
        threatType: "malware",
        malwareFamily: "EXAMPLEDOOR",
        context: "note: EXAMPLEDOOR",
      },
      { value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", type: "md5", threatType: "malware", malwareFamily: "EXAMPLEDOOR", context: "note: EXAMPLEDOOR" },
      { value: "c2[.]bad[.]example", type: "domain", threatType: "c2", context: "note: C2" },
      { value: "192.0.2.85", type: "ipv4", threatType: "c2", context: "note: C2" },
    ],
  },
  { file: "volexity-tree.json", layout: "GitHub tree", says: [] },
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
