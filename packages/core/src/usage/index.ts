export { dailyUsage } from "./key-usage";
export { chartDays, type DailyUsage, dailyUsageShape } from "./shape";
