export { type FeedReach, requireFeedUrl } from "./feed-url";
export { findOwnFeeds, getOwnFeed, type OwnFeed, secretForPreview } from "./find-own-feeds";
export { removeOwnFeed } from "./remove-own-feed";
export { resealOwnFeeds } from "./reseal-own-feeds";
export { addOwnFeed, changeOwnFeed } from "./save-own-feed";
export * from "./shape";
