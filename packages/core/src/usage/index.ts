export { type Histogram, percentileOf } from "./histogram";
export { dailyUsage } from "./key-usage";
export { createUsageRecorder, type UsageRecorder, type Use } from "./record-usage";
export { chartDays, type DailyUsage, dailyUsageShape } from "./shape";
