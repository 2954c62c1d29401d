import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { countOf, nextCursor, timeOf, totalExact } from "../values";
import type { EventContent } from "./chain";

/** For the browser too: no Buffer here. */
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const auditOutcomes = ["ok", "denied"] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

export const actorTypes = ["user", "key", "token", "system"] as const;
export type ActorType = (typeof actorTypes)[number];

const orNull = (description: string, example: string | null) => z.string().nullable().meta({ description, example });

export const auditEventShape = z
  .object({
    id: z
      .string()
      .meta({ description: "The number of the event, as text; later events have higher ones.", example: "4711" }),
    at: timeOf("When it happened."),
    action: z
      .string()
      .meta({ description: "What was done, such as `key.revoke` or `session.sign_in`.", example: "key.revoke" }),
    outcome: z
      .enum(auditOutcomes)
      .meta({ description: "`ok` if it was done, `denied` if it was refused.", example: "ok" }),
    actor: z
      .object({
        type: z.enum(actorTypes).meta({
          description: "Who acted: a person, an API key, a management token, or the instance itself.",
          example: "user",
        }),
        id: orNull("The id of the person, key or token; null of the instance.", "0b2f6d5e-7a51-4f0e-8a54-1c6f2f6b8a10"),
        name: orNull("Its name at that time; null where it is not known.", "Ada Example"),
      })
      .meta({ description: "Who did it." }),
    ip: orNull("The address that the request came from; null where there was no request.", "198.51.100.7"),
    user_agent: orNull("What the client called itself; null where it said nothing.", "curl/8.5.0"),
    request_id: orNull(
      "The id of the request, as in `X-Request-Id`; null where there was none.",
      "req_5f2b8c1e9a7d4036b1c2d3e4",
    ),
    target: z
      .object({
        type: z
          .string()
          .meta({ description: "What kind of thing it is, such as `key` or `watchlist`.", example: "key" }),
        id: orNull("Its id; null where it has none.", "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10"),
        name: orNull("Its name at that time; null where it has none.", "Production SIEM"),
      })
      .nullable()
      .meta({ description: "What it was done to; null where the action says all." }),
    reason: orNull("Why, as the actor said; null if nothing was said.", "Quarterly rotation"),
    details: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({
        description: "What else belongs to the action, such as the fields that changed; null where there is nothing.",
        example: { key_prefix: "sk_live_zIc8" },
      }),
    seq: z.int().nullable().meta({
      description:
        "The place of the event in the hash chain of the workspace, from 1; null where it is not yet in the chain.",
      example: 4_711,
    }),
    hash: orNull(
      "The hash of the event in that chain, SHA-256 in hexadecimal digits, which `tocsin audit verify` checks; null where it is not yet in the chain.",
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
  })
  .meta({ id: "AuditEvent", description: "Something that was done, or refused." });
export type AuditEvent = z.infer<typeof auditEventShape>;

export const auditListShape = z
  .object({
    data: z.array(auditEventShape).meta({ description: "The events, newest first." }),
    meta: z
      .object({
        total: countOf("Events that match, on all pages; no more than 10000 are counted.", 318),
        total_exact: totalExact,
        limit: countOf("The limit in effect.", 100),
        next_cursor: nextCursor,
      })
      .meta({ description: "About the page." }),
  })
  .meta({ id: "AuditList", description: "A page of the audit log." });
export type AuditList = z.infer<typeof auditListShape>;

const name = plainText({ max: 200 });

export const auditFormats = ["json", "csv", "ndjson"] as const;
export type AuditFormat = (typeof auditFormats)[number];

/** `target` and `actor` are ids; `since` and `until` bound the time of the event, both inclusive. */
export const listEventsInput = z
  .object({
    action: name.optional().meta({
      description: "Only events of this action, such as `key.revoke`; at most 200 characters.",
      example: "key.revoke",
    }),
    target: name.optional().meta({
      description: "Only events about the thing with this id; at most 200 characters.",
      example: "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10",
    }),
    actor: name.optional().meta({
      description: "Only what the person, key or token with this id did; at most 200 characters.",
      example: "0b2f6d5e-7a51-4f0e-8a54-1c6f2f6b8a10",
    }),
    outcome: z
      .enum(auditOutcomes)
      .optional()
      .meta({ description: "Only what was done (`ok`), or what was refused (`denied`).", example: "ok" }),
    since: z.iso.datetime({ offset: true }).max(40).optional().meta({
      description: "Only events at or after this ISO 8601 time with its offset.",
      example: "2026-11-01T00:00:00Z",
    }),
    until: z.iso.datetime({ offset: true }).max(40).optional().meta({
      description: "Only events at or before this ISO 8601 time with its offset.",
      example: "2026-11-30T23:59:59Z",
    }),
    limit: queryInteger(1, 1_000).default(100).meta({ description: "Most events to answer, 1 to 1000.", example: 100 }),
    cursor: z
      .string()
      .max(200)
      .optional()
      .meta({ description: "`meta.next_cursor` of the page before.", example: "4711" }),
    format: z
      .enum(auditFormats)
      .default("json")
      .meta({ description: "The format of the answer; anything but `json` is a file.", example: "json" }),
  })
  .prefault({});
export type ListEventsInput = z.output<typeof listEventsInput>;

/** The columns of an event that its wire shape needs. */
export type EventRow = Omit<EventContent, "id" | "at"> & {
  id: bigint | number;
  at: Date;
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
