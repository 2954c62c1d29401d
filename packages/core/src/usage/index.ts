export { chartDays, type DailyUsage, dailyUsageShape } from "./shape";
