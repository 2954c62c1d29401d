import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "unit42-iocs.csv",
    layout: "Unit 42 panels",
    says: [
      {
        value: "hxxp://panel.bad.example/fox/",
        type: "url",
        firstSeen: "2018-07-02T16:31:02Z",
        threatType: "c2",
        malwareFamily: "DiamondFox",
        context: "sample: 3333333333333333333333333333333333333333333333333333333333333333",
      },
      {
        value: "3333333333333333333333333333333333333333333333333333333333333333",
        type: "sha256",
        firstSeen: "2018-07-02T16:31:02Z",
        threatType: "malware",
        malwareFamily: "DiamondFox",
        context: "panel: hxxp://panel.bad.example/fox/",
      },
      {
        value: "hxxp://192.0.2.50/mond/Panel/",
        type: "url",
        firstSeen: "2016-06-18T11:07:56Z",
        threatType: "c2",
        malwareFamily: "DiamondFox",
      },
    ],
  },
];
