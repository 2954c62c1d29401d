export { getKeyUsage, getWorkspaceUsage, requireKey } from "./get-usage";
export { countTime, type Histogram, percentileOf } from "./histogram";
export { keyTrafficInput, keyTrafficShape, readKeyTraffic } from "./key-traffic";
export { dailyUsage } from "./key-usage";
export { createUsageRecorder, type UsageRecorder, type Use } from "./record-usage";
export { type RollUpReport, rollUpUsage, type UsageRetention } from "./roll-up-usage";
export {
  chartDays,
  type DailyUsage,
  dailyUsageShape,
  type KeyUsage,
  type KeyUsageInput,
  keyUsageInput,
  keyUsageShape,
  type UsageFigures,
  usageFiguresShape,
  type WorkspaceUsage,
  type WorkspaceUsageInput,
  workspaceUsageInput,
  workspaceUsageShape,
} from "./shape";
export { streamUsage, type UsageRecord } from "./stream-usage";
export type { UsageScope } from "./usage-scope";
export { type UsageRow, writeUsage } from "./write-usage";
