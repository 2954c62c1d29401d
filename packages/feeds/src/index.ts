export { type FeedDefinition, type FeedKey, type FeedSettings, feedKeys } from "./feed";
export { loadOwnFeeds } from "./own/load";
export { previewFeed } from "./own/preview";
export { feeds } from "./registry";
export { type FeedProgress, type RunFeedOptions, type RunReport, runFeed } from "./run-feed";
export { type Scheduler, startScheduler } from "./scheduler";
export { describeFeeds, type FeedSelection, feedState, selectFeeds } from "./select-feeds";
