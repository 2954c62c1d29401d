export { kinOf } from "./catalog/one-source";
export { feeds } from "./catalog/registry";
export { describeFeeds, type FeedSelection, feedState, selectFeeds } from "./catalog/select-feeds";
export { type FeedDefinition, type FeedKey, type FeedSettings, feedKeys } from "./definition/feed";
export { loadOwnFeeds } from "./own/load";
export { previewFeed } from "./own/preview";
export type { FeedProgress, RunFeedOptions } from "./pull/pull";
export { type RunReport, runFeed } from "./pull/run-feed";
export { type Scheduler, startScheduler } from "./schedule/scheduler";
