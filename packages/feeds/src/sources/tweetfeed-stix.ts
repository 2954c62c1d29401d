import { type IndicatorFeed, megabyte } from "../definition/feed";
import { stixLayout } from "../parse/stix";
import { tweetfeed } from "./tweetfeed";

export const tweetfeedStix: IndicatorFeed = {
  ...tweetfeed,
  id: "tweetfeed-stix",
  name: "TweetFeed (STIX)",
  alternativeOf: "tweetfeed",
  maxBytes: 64 * megabyte,
  files: [
    { name: "today.json", url: "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/stix/today.json" },
  ],
  layouts: [stixLayout()],
};
