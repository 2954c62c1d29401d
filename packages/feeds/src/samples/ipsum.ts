import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    body: `# IPsum Threat Intelligence Feed
# IP\tnumber of (black)lists
#
192.0.2.1\t10
198.51.100.2\t4
203.0.113.3\t1
`,
    layout: "IPsum text",
    says: [
      { value: "192.0.2.1", type: "ipv4", certainty: 95, confidence: "high", threatType: "blocklisted", context: "on 10 lists" },
      { value: "198.51.100.2", type: "ipv4", certainty: 55, confidence: "medium", threatType: "blocklisted", context: "on 4 lists" },
      { value: "203.0.113.3", type: "ipv4", certainty: 10, confidence: "low", threatType: "blocklisted", context: "on 1 list" },
    ],
  },
];
