export { type Actor, actorOf, appendEvent, type EventSource, type NewEvent } from "./append-event";
export { createDenialRecorder, type Denial, type DenialRecorder } from "./denials";
export { listEvents } from "./list-events";
export {
  type AuditAction,
  type AuditEvent,
  type AuditList,
  type AuditOutcome,
  actorTypes,
  auditActions,
  auditEventShape,
  auditListShape,
  auditOutcomes,
  type ListEventsInput,
  listEventsInput,
} from "./shape";
