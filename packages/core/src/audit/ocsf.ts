import { auditCatalog, isAuditAction } from "./actions";
import { type OcsfClass, type OcsfKind, ocsfClasses, ocsfKinds } from "./ocsf-classes";
import type { AuditEvent } from "./shape";

/** The version of the schema that these documents follow: https://schema.ocsf.io/1.1.0/. */
const schemaVersion = "1.1.0";
const categories = { 3: "Identity & Access Management", 6: "Application Activity" } as const;
const severities = { 1: "Informational", 2: "Low", 3: "Medium", 4: "High" } as const;

/** Where events come from, as a SIEM tells instances apart. */
export type OcsfSource = { instance: string; version: string; workspaceId: string | null };
export type OcsfEvent = Record<string, unknown> & { class_uid: number; activity_id: number; type_uid: number };

/** An event of the audit log as OCSF has it; `unmapped` has what no attribute of the class does. */
export function toOcsf(event: AuditEvent, { instance, version, workspaceId }: OcsfSource): OcsfEvent {
  const kind = kindOf(event);
  const { uid, category, name } = ocsfClasses[kind.class];
  const failed = event.outcome === "denied" || failures.has(event.action);
  return withoutNulls({
    activity_id: kind.activity,
    category_uid: category,
    category_name: categories[category],
    class_uid: uid,
    class_name: name,
    type_uid: uid * 100 + kind.activity,
    severity_id: kind.severity,
    severity: severities[kind.severity],
    status_id: failed ? 2 : 1,
    status: failed ? "Failure" : "Success",
    status_detail: event.reason,
    time: Date.parse(event.at),
    message: isAuditAction(event.action) ? auditCatalog[event.action].words : event.action,
    metadata: withoutNulls({
      version: schemaVersion,
      product: { name: "Tocsin", vendor_name: "Tocsin", version, uid: instance },
      uid: event.id,
      sequence: event.seq,
      correlation_uid: event.request_id,
      event_code: event.action,
      log_name: "audit",
      log_provider: instance,
    }),
    actor: { user: actorOf(event) },
    ...(event.ip !== null || kind.class === "api" ? { src_endpoint: endpointOf(event) } : {}),
    ...(event.user_agent === null ? {} : { http_request: { user_agent: event.user_agent } }),
    ...ofClass[kind.class](event, workspaceId),
    unmapped: withoutNulls({
      action: event.action,
      workspace_id: workspaceId,
      hash: event.hash,
      target: event.target,
      details: event.details,
    }),
  }) as OcsfEvent;
}

/** An event that a later version wrote is some change of some entity. */
function kindOf({ action }: AuditEvent): OcsfKind {
  return isAuditAction(action) ? ocsfKinds[action] : { class: "entity", activity: 99, severity: 1 };
}

/** What did not come about, though it was nobody's refusal of a known caller. */
const failures: ReadonlySet<string> = new Set(["session.fail", "session.refuse"]);

/** What a class must have beside what all have. */
const ofClass: Readonly<Record<OcsfClass, (event: AuditEvent, workspaceId: string | null) => Record<string, unknown>>> =
  {
    account: (event) => ({ user: subjectOf(event) }),
    authentication: (event) => ({ user: subjectOf(event), service: { name: "Tocsin" }, is_remote: event.ip !== null }),
    entity: (event) => ({ entity: entityOf(event), comment: event.reason }),
    group: (event, workspaceId) => ({
      user: subjectOf(event),
      group: { uid: workspaceId ?? "instance", type: "workspace" },
    }),
    api: (event) => ({
      api: {
        operation: operationOf(event),
        ...(event.request_id === null ? {} : { request: { uid: event.request_id } }),
      },
      ...(event.target === null ? {} : { resources: [entityOf(event)] }),
    }),
  };

function operationOf({ action, target }: AuditEvent): string {
  return target?.type === "route" ? (target.name ?? target.id ?? action) : action;
}

function endpointOf({ ip }: AuditEvent) {
  return ip === null ? { name: "unknown" } : { ip };
}

function actorOf({ actor }: AuditEvent) {
  const named = withoutNulls({ uid: actor.id, name: actor.name ?? (actor.id === null ? "unknown" : null) });
  return actor.type === "user" ? { ...named, type_id: 1, type: "User" } : { ...named, type_id: 3, type: "System" };
}

/** Whom it happened to: the target where that is a person, else whoever acted. */
function subjectOf(event: AuditEvent) {
  const { target } = event;
  if (target === null || !["person", "member", "invitation"].includes(target.type)) return actorOf(event);
  const name = target.name ?? (target.id === null ? "unknown" : null);
  return { ...withoutNulls({ uid: target.id, name }), type_id: 1, type: "User" };
}

function entityOf({ target, action }: AuditEvent) {
  const [subject = action] = action.split(".");
  if (target === null) return { name: subject, type: subject };
  return withoutNulls({
    uid: target.id,
    name: target.name ?? (target.id === null ? subject : null),
    type: target.type,
  });
}

function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
