import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "signature-base-c2.txt",
    layout: "LOKI C2 servers",
    says: [
      {
        value: "c2.bad.example",
        type: "domain",
        threatType: "c2",
        referenceUrl: "https://blog.example/snow",
        context: "campaign: Operation Example https://blog.example/snow",
      },
      {
        value: "192.0.2.244",
        type: "ipv4",
        threatType: "c2",
        referenceUrl: "https://blog.example/snow",
        context: "campaign: Operation Example https://blog.example/snow",
      },
      { value: "www[.]bad.example", type: "domain", threatType: "c2", context: "campaign: Second report" },
    ],
  },
  {
    file: "signature-base-hashes.txt",
    layout: "LOKI hashes",
    says: [
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "note: Dark Example - https://blog.example/report",
      },
      {
        value: "2222222222222222222222222222222222222222",
        type: "sha1",
        threatType: "malware",
        context: "note: Some APT",
      },
      { value: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", type: "md5", threatType: "malware" },
    ],
  },
];
