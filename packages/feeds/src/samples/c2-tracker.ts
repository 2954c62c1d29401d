import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "c2-tracker.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.9", type: "ipv4", threatType: "c2" },
      { value: "2001:db8::9", type: "ipv6", threatType: "c2" },
    ],
  },
  { layout: "GitHub tree", body: '{"sha":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","url":"https://api.github.example/repos/montysecurity/C2-Tracker/git/trees/b","tree":[{"path":"data/Example RAT IPs.txt","type":"blob","sha":"cccccccccccccccccccccccccccccccccccccccc"},{"path":"data/all.txt","type":"blob","sha":"cccccccccccccccccccccccccccccccccccccccc"}]}', says: [] },
];
