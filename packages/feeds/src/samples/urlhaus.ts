import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "urlhaus.csv",
    layout: "URLhaus CSV",
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
        value: 'http://files.bad.example/a,b.exe?x="1"',
        type: "url", active: false,
        firstSeen: "2026-02-06T10:00:00Z",
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/9000002/",
        context: "status: offline; reporter: someone",
      },
    ],
  },
  {
    file: "urlhaus-old.csv",
    layout: "URLhaus CSV",
    says: [
      {
        value: "http://198.51.100.7:8080/i",
        type: "url", active: false,
        firstSeen: "2020-05-01T12:00:00Z",
        tags: ["Mozi"],
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/300/",
        context: "status: offline; reporter: someone",
      },
    ],
  },
];
