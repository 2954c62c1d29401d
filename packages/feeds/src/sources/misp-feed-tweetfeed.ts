import { type IndicatorSource, megabyte } from "../definition/feed";
import { mispHashes, mispLayout, mispManifest } from "../parse/misp";
import { tweetfeed } from "./tweetfeed";

const base = "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/misp/";

export const mispFeedTweetfeed: IndicatorSource = {
  ...tweetfeed,
  id: "misp-feed-tweetfeed",
  name: "TweetFeed (MISP)",
  nature: "log",
  alternativeOf: "tweetfeed",
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "as `tweetfeed`",
  files: [{ name: "manifest.json", url: `${base}manifest.json` }],
  layouts: [mispLayout(), mispManifest(base), mispHashes],
};
