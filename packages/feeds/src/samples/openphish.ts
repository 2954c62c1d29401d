import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "openphish.txt",
    layout: "OpenPhish text",
    says: [
      { value: "https://login.bad.example/", type: "url", threatType: "phishing" },
      { value: "http://203.0.113.9/?next=%2Fa&q=ü", type: "url", threatType: "phishing" },
      { value: "bad.example/wp-content/login", type: "url", threatType: "phishing" },
    ],
  },
];
