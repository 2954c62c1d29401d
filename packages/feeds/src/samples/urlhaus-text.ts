import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "urlhaus.txt",
    layout: "URLhaus text",
    says: [
      { value: "http://192.0.2.10/bins/arm7", type: "url", active: true, threatType: "malware_download" },
      { value: "http://files.bad.example/a b.exe", type: "url", active: true, threatType: "malware_download" },
    ],
  },
];
