import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  { file: "tweetfeed-taxii-index.json", layout: "TweetFeed page index", says: [] },
  { file: "tweetfeed-taxii-manifest.json", layout: "TAXII manifest", says: [] },
  {
    file: "tweetfeed-taxii-page.json",
    layout: "STIX 2",
    says: [
      {
        record: "indicator--00000000-0000-4000-8000-000000000003",
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        firstSeen: "2026-08-21T00:11:04Z",
        tags: ["malware"],
      },
    ],
  },
];
