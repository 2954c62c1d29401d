export { type AuditAction, auditActions, auditCatalog, isAuditAction } from "./actions";
export { type Actor, actorOf, appendEvent, type EventSource, type NewEvent } from "./append-event";
export { chainOldEvents } from "./chain-old-events";
export type { Problem, ProblemKind } from "./chain-row";
export { type Checkpoint, checkpointChains, parseCheckpoint, writeCheckpoint } from "./checkpoint";
export { createDenialRecorder, type Denial, type DenialRecorder } from "./denials";
export { type Batch, forwardEvents, releaseTarget } from "./forward-events";
export { listEvents, streamEvents } from "./list-events";
export { type OcsfEvent, type OcsfSource, toOcsf } from "./ocsf";
export { emailHashOf, withPseudonyms } from "./pseudonyms";
export {
  eventsAfter,
  type PullEventsInput,
  type PulledEvents,
  type PullFormat,
  pullEvents,
  pullEventsInput,
  pulledEventsShape,
  streamPulledEvents,
} from "./pull-events";
export {
  type AuditEvent,
  type AuditFormat,
  type AuditList,
  type AuditOutcome,
  actorTypes,
  auditEventShape,
  auditFormats,
  auditListShape,
  auditOutcomes,
  type ListEventsInput,
  listEventsInput,
} from "./shape";
export { type ChainReport, listChains, type VerifyOptions, verifyChain } from "./verify-chain";
