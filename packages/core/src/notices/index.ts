export { type NoticeChannel, type NoticeMessage, type NoticeSetting, noticeChannels } from "./channels";
export { claimDeliveries, finishDelivery, type Job, type Outcome, releaseDelivery, retryDelays } from "./deliver";
export { listDeliveries, replayDelivery, testWebhook } from "./deliveries";
export { describeNotice } from "./describe";
export { endUnusedKeys } from "./end-unused-keys";
export { countUnread, listNotices } from "./list-notices";
export { makeNotices, type NoticeDraft } from "./make-notices";
export { markRead } from "./mark-read";
export { type ActivityRecorder, createActivityRecorder } from "./record-activity";
export { resealWebhooks } from "./reseal-webhooks";
export {
  deliveryListShape,
  listDeliveriesInput,
  listNoticesInput,
  markReadInput,
  type NoticeKind,
  noticeKinds,
  noticeListShape,
  queuedShape,
  replayInput,
  savedWebhookShape,
  setWebhookInput,
  unreadShape,
  webhookAnswerShape,
} from "./shape";
export { signedHeaders } from "./sign";
export { pruneNotices, sweepNotices, sweepUnusedKeys } from "./sweep-notices";
export { getWebhook, removeWebhook, setWebhook } from "./webhook";
