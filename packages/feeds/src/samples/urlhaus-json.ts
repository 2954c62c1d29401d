import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "urlhaus.json",
    layout: "URLhaus JSON",
    says: [
      {
        value: "http://192.0.2.10/bins/arm7",
        type: "url", active: true,
        firstSeen: "2026-02-07T04:31:13Z",
        lastSeen: "2026-02-07T05:00:00Z",
        tags: ["elf", "ua-wget"],
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/9000003/",
        context: "status: online; reporter: someone",
      },
      {
        value: "http://files.bad.example/%7Bx%7D?a=é",
        type: "url", active: false,
        firstSeen: "2026-02-06T10:00:00Z",
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/9000002/",
        context: "status: offline; reporter: someone",
      },
    ],
  },
];
