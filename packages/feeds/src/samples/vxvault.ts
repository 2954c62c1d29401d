import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "vxvault.txt",
    layout: "VX Vault list",
    says: [
      { value: "http://192.0.2.149/offer/a.exe", type: "url", threatType: "malware_download" },
      { value: "https://files.bad.example/b c.exe", type: "url", threatType: "malware_download" },
    ],
  },
];
