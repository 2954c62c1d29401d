import { type IndicatorSource, megabyte } from "../definition/feed";
import { hostsLayout, rpzLayout } from "../parse/host-lists";
import { urlLayout } from "../parse/plain-lists";
import { tweetfeed } from "./tweetfeed";

export const tweetfeedBlocklists: IndicatorSource = {
  ...tweetfeed,
  id: "tweetfeed-blocklists",
  name: "TweetFeed (block lists)",
  nature: "list",
  alternativeOf: "tweetfeed",
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "domain, URL",
  files: [
    { name: "hosts.txt", url: "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/blocklists/hosts.txt" },
    { name: "rpz.txt", url: "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/blocklists/rpz.txt" },
    { name: "urls.txt", url: "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/blocklists/urls.txt" },
  ],
  layouts: [hostsLayout({}), rpzLayout({}), urlLayout({})],
};
