import { z } from "zod";
import { plainText, queryInteger } from "../errors";

/** For the browser too: no Buffer here. */
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const auditActions = [
  "access.denied",
  "key.create",
  "key.revoke",
  "key.rotate",
  "key.update",
  "key.retire_secret",
  "key.leaked",
  "token.create",
  "token.revoke",
  "token.leaked",
  "workspace.create",
  "workspace.set_tier",
  "workspace.suspend",
  "workspace.resume",
  "workspace.set_leak_policy",
  "session.sign_in",
  "session.sign_out",
  "member.invite",
  "member.remove",
  "member.set_role",
  "webhook.set",
  "webhook.remove",
  "watchlist.create",
  "watchlist.update",
  "watchlist.delete",
  "watchlist.add_entries",
  "watchlist.remove_entries",
  "feed.add",
  "feed.change",
  "feed.remove",
  "feed.pause",
  "feed.resume",
  "feed.accept",
  "feed.keep_held",
  "warninglist.allow",
  "warninglist.forbid",
] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditOutcomes = ["ok", "denied"] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

export const actorTypes = ["user", "key", "token", "system"] as const;
export type ActorType = (typeof actorTypes)[number];

const time = z.iso.datetime();

export const auditEventShape = z.object({
  id: z.string(),
  at: time,
  action: z.string(),
  outcome: z.enum(auditOutcomes),
  actor: z.object({ type: z.enum(actorTypes), id: z.string().nullable(), name: z.string().nullable() }),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  request_id: z.string().nullable(),
  target: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }).nullable(),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
  /** The place in the workspace's chain, from 1, and the hash that it has there (`tocsin audit verify`). */
  seq: z.int().nullable(),
  hash: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEventShape>;

export const auditListShape = z.object({
  data: z.array(auditEventShape),
  meta: z.object({ total: z.int(), limit: z.int(), next_cursor: z.string().nullable() }),
});
export type AuditList = z.infer<typeof auditListShape>;

const name = plainText({ max: 200 });

export const auditFormats = ["json", "csv", "ndjson"] as const;
export type AuditFormat = (typeof auditFormats)[number];

/** `target` and `actor` are ids; `since` and `until` bound the time of the event, both inclusive. */
export const listEventsInput = z
  .object({
    action: name.optional(),
    target: name.optional(),
    actor: name.optional(),
    outcome: z.enum(auditOutcomes).optional(),
    since: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    limit: queryInteger(1, 1_000).default(100),
    cursor: z.string().max(200).optional(),
    format: z.enum(auditFormats).default("json"),
  })
  .prefault({});
export type ListEventsInput = z.output<typeof listEventsInput>;

/** The columns of an event that its wire shape needs. */
export type EventRow = {
  id: bigint | number;
  at: Date;
  action: string;
  outcome: string;
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  reason: string | null;
  details: unknown;
  seq: bigint | number | null;
  hash: Uint8Array | null;
};

export const eventColumns = {
  id: true,
  at: true,
  action: true,
  outcome: true,
  actorType: true,
  actorId: true,
  actorName: true,
  ip: true,
  userAgent: true,
  requestId: true,
  targetType: true,
  targetId: true,
  targetName: true,
  reason: true,
  details: true,
  seq: true,
  hash: true,
} as const satisfies Record<keyof EventRow, true>;

export function toEvent(row: EventRow): AuditEvent {
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome === "denied" ? "denied" : "ok",
    actor: {
      type: actorTypes.find((type) => type === row.actorType) ?? "system",
      id: row.actorId,
      name: row.actorName,
    },
    ip: row.ip,
    user_agent: row.userAgent,
    request_id: row.requestId,
    target: row.targetType === null ? null : { type: row.targetType, id: row.targetId, name: row.targetName },
    reason: row.reason,
    details: isRecord(row.details) ? row.details : null,
    seq: row.seq === null ? null : Number(row.seq),
    hash: row.hash === null ? null : hex(row.hash),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
