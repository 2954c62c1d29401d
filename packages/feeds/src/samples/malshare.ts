import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "malshare.txt",
    layout: "MalShare hashes",
    says: [
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        threatType: "malware",
      },
      {
        value: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        type: "sha1",
        threatType: "malware",
        context: "SHA-256: cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
      },
      {
        value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        type: "md5",
        threatType: "malware",
        context: "SHA-256: cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
      },
      {
        value: "3333333333333333333333333333333333333333333333333333333333333333",
        type: "sha256",
        threatType: "malware",
      },
      {
        value: "2222222222222222222222222222222222222222",
        type: "sha1",
        threatType: "malware",
        context: "SHA-256: 3333333333333333333333333333333333333333333333333333333333333333",
      },
      {
        value: "11111111111111111111111111111111",
        type: "md5",
        threatType: "malware",
        context: "SHA-256: 3333333333333333333333333333333333333333333333333333333333333333",
      },
    ],
  },
];
