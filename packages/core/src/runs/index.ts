export { type CircuitState, circuitFailures, circuitOf, circuitStates } from "./circuit";
export { type ClaimObstacle, findClaimObstacle } from "./claim-obstacle";
export { type ClaimedRun, claimRun } from "./claim-run";
export { type Connectivity, readConnectivity, wakeUnreachable } from "./connectivity";
export { dueFeeds } from "./due-feeds";
export { extendClaim, type RunCounts, type RunProgress } from "./extend-claim";
export { type FinishedRun, finishRun } from "./finish-run";
export { listFeeds } from "./list-feeds";
export { listRuns } from "./list-runs";
export { pruneRuns } from "./prune-runs";
export {
  decideQuarantine,
  type FileFigures,
  type QuarantinedFile,
  type QuarantineKind,
  type QuarantineReason,
  shareOf,
  type Usual,
  usualOf,
  withReading,
} from "./quarantine";
export { releaseClaims } from "./release-claims";
export { requestRun } from "./request-run";
export { reviewQuarantine } from "./review-quarantine";
export { nextDueIn, offlineWait, type RunOutcome } from "./schedule";
export { setFeedEnabled } from "./set-feed-enabled";
export {
  type BadLine,
  badLineShape,
  type FeedDescription,
  type FeedList,
  type FeedShape,
  type FeedSwitch,
  feedListShape,
  feedShape,
  feedStates,
  feedSwitchShape,
  type ListRunsInput,
  listRunsInput,
  maxBadLines,
  type RequestedRun,
  type RequestRunInput,
  type Reviewed,
  type ReviewQuarantineInput,
  type RunList,
  type RunShape,
  type RunSummary,
  recentRunShape,
  requestedRunShape,
  requestRunInput,
  reviewedShape,
  reviewQuarantineInput,
  runListShape,
  runShape,
  runStatuses,
  runSummaryShape,
  type SetFeedEnabledInput,
  setFeedEnabledInput,
} from "./shape";
export { syncFeeds } from "./sync-feeds";
export type { Validator, Validators } from "./validators";
