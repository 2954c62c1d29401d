import { type IndicatorSource, megabyte } from "../definition/feed";
import { stixLayout } from "../parse/stix";
import { tweetfeed } from "./tweetfeed";

export const tweetfeedStix: IndicatorSource = {
  ...tweetfeed,
  id: "tweetfeed-stix",
  name: "TweetFeed (STIX)",
  nature: "log",
  alternativeOf: "tweetfeed",
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "as `tweetfeed`",
  files: [
    { name: "today.json", url: "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/stix/today.json" },
  ],
  layouts: [stixLayout()],
};
