import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "tweetfeed-blocklists-hosts.txt",
    layout: "hosts file",
    says: [
      { value: "login.bad.example", type: "domain" },
      { value: "shop.bad.example", type: "domain" },
    ],
  },
  {
    file: "tweetfeed-blocklists-rpz.txt",
    layout: "response policy zone",
    says: [
      { value: "login.bad.example", type: "domain" },
      { value: "login.bad.example", type: "domain" },
    ],
  },
  {
    file: "tweetfeed-blocklists-urls.txt",
    layout: "URL list",
    says: [
      { value: "http://login.bad.example", type: "url" },
      { value: "https://shop.bad.example/a?b=c", type: "url" },
    ],
  },
];
