export { type CircuitState, circuitFailures, circuitOf, circuitStates } from "./circuit";
export { type ClaimObstacle, findClaimObstacle } from "./claim-obstacle";
export { type ClaimedRun, claimRun } from "./claim-run";
export { dueFeeds } from "./due-feeds";
export { extendClaim, type RunCounts, type RunProgress } from "./extend-claim";
export { type FinishedRun, finishRun } from "./finish-run";
export {
  decideHeld,
  type FileFigures,
  type HeldFile,
  type HeldKind,
  type HeldReason,
  shareOf,
  type Usual,
  usualOf,
  withReading,
} from "./held";
export { listFeeds } from "./list-feeds";
export { listRuns } from "./list-runs";
export { pruneRuns } from "./prune-runs";
export { releaseClaims } from "./release-claims";
export { requestRun } from "./request-run";
export { reviewHeld } from "./review-held";
export { nextDueIn, type RunOutcome } from "./schedule";
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
  type ReviewHeldInput,
  type RunList,
  type RunShape,
  type RunSummary,
  recentRunShape,
  requestedRunShape,
  requestRunInput,
  reviewedShape,
  reviewHeldInput,
  runListShape,
  runShape,
  runStatuses,
  runSummaryShape,
  type SetFeedEnabledInput,
  setFeedEnabledInput,
} from "./shape";
export { syncFeeds } from "./sync-feeds";
export type { Validator, Validators } from "./validators";
