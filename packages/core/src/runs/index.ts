export { type ClaimedRun, claimRun } from "./claim-run";
export { dueFeeds } from "./due-feeds";
export { extendClaim, type RunCounts } from "./extend-claim";
export { type FinishedRun, finishRun } from "./finish-run";
export { listFeeds } from "./list-feeds";
export { listRuns } from "./list-runs";
export { nextDueIn, type RunOutcome } from "./schedule";
export {
  type BadLine,
  badLineShape,
  type FeedDescription,
  type FeedShape,
  feedShape,
  feedStates,
  type RunShape,
  recentRunShape,
  runShape,
  runStatuses,
} from "./shape";
export { syncFeeds } from "./sync-feeds";
export type { Validator, Validators } from "./validators";
