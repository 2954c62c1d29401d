export { makeStatsDue, refreshStats } from "./refresh-stats";
export { cacheShape, type Stats, statsShape } from "./shape";
export { createStatsReader, type StatsReader } from "./stats-reader";
