import { type IndicatorFeed, megabyte } from "../definition/feed";
import { mispHashes, mispLayout, mispManifest } from "../parse/misp";
import { tweetfeed } from "./tweetfeed";

const base = "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/misp/";

export const mispFeedTweetfeed: IndicatorFeed = {
  ...tweetfeed,
  id: "misp-feed-tweetfeed",
  name: "TweetFeed (MISP)",
  alternativeOf: "tweetfeed",
  maxBytes: 64 * megabyte,
  files: [{ name: "manifest.json", url: `${base}manifest.json` }],
  layouts: [mispLayout(), mispManifest(base), mispHashes],
};
