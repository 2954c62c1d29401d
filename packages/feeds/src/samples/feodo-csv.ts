import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "feodo.csv",
    layout: "Feodo Tracker CSV",
    says: [
      {
        value: "192.0.2.32:4643",
        type: "ipv4", active: true,
        firstSeen: "2021-12-20T07:44:46Z",
        // A date alone is midnight, which lies before the first time.
        lastSeen: "2021-12-20T07:44:46Z",
        threatType: "botnet_cc",
        malwareFamily: "Dridex",
        context: "status: online",
      },
      {
        value: "198.51.100.243",
        type: "ipv4", active: false,
        firstSeen: "2021-01-17T07:45:58Z",
        threatType: "botnet_cc",
        malwareFamily: "QakBot",
        context: "status: offline",
      },
    ],
  },
  {
    file: "feodo.txt",
    layout: "Feodo Tracker list",
    says: [{ value: "192.0.2.32", type: "ipv4", threatType: "botnet_cc" }],
  },
];
