import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "cybercrime-tracker.txt",
    layout: "CyberCrime Tracker list",
    says: [
      { value: "panel.bad.example/gate/", threatType: "c2" },
      { value: "192.0.2.207/x/login.php", threatType: "c2" },
      { value: "http://bots.bad.example/a.php", threatType: "c2" },
    ],
  },
];
