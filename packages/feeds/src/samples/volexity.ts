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
];
