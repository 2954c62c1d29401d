import { z } from "zod";
import { tierNames } from "../../access";
import { countOf, exampleKeyId, timeOf, timeOrNull, uuid } from "../../values";
import type { keyFields } from "../key-fields";
import { expiringDays, keyStatuses, statusOf } from "../key-status";
import { allowedIps } from "./allowed-ips";
import { expiresAt } from "./expires-at";
import { name } from "./name";
import { answerField } from "./property";
import { scopes } from "./scopes";

/** What may be set is shown too. */
type SettableField = (typeof keyFields)[keyof typeof keyFields]["wire"];

/** All that answers say of a key, in their order. */
export const keyAnswerFields = {
  id: answerField({
    columns: ["id"],
    schema: uuid.meta({
      description: "The id of the key. It stays when the secret is rotated.",
      example: exampleKeyId,
    }),
    read: (row) => row.id,
  }),
  name: name.answer,
  key_prefix: answerField({
    columns: ["prefix"],
    schema: z
      .string()
      .meta({ description: "The first 12 characters of the secret, to tell keys apart.", example: "sk_live_zIc8" }),
    read: (row) => row.prefix,
  }),
  key_preview: answerField({
    columns: [],
    schema: z.string().meta({
      description: "The brand part of the secret; the rest is blotted out.",
      example: "sk_live_••••••••",
    }),
    read: (_row, { keyPrefix }) => previewOf(keyPrefix),
  }),
  tier: answerField({
    columns: [],
    schema: z.enum(tierNames).meta({ description: "The tier of the workspace that owns the key.", example: "pro" }),
    read: (_row, { tier }) => tier.name,
  }),
  scopes: scopes.answer,
  rate_limit_per_minute: answerField({
    columns: [],
    schema: countOf("Requests that the key may make in a UTC minute.", 1_000),
    read: (_row, { tier }) => tier.requestsPerMinute,
  }),
  rate_limit_per_day: answerField({
    columns: [],
    schema: countOf("Requests that the key may make in a UTC day.", 1_000_000),
    read: (_row, { tier }) => tier.requestsPerDay,
  }),
  total_requests: answerField({
    columns: ["totalRequests"],
    schema: countOf("Requests ever made with the key, refused ones too. Counted with a delay of seconds.", 142_587),
    read: (row) => Number(row.totalRequests),
  }),
  last_used_at: answerField({
    columns: ["lastUsedAt"],
    schema: timeOrNull("When the key was last used; null if it never was."),
    read: (row) => row.lastUsedAt?.toISOString() ?? null,
  }),
  created_at: answerField({
    columns: ["createdAt"],
    schema: timeOf("When the key was created."),
    read: (row) => row.createdAt.toISOString(),
  }),
  created_by: answerField({
    columns: ["createdBy"],
    schema: z.string().nullable().meta({
      description: "The name of the person or the management token that created the key; null where it is not known.",
      example: "Ada Example",
    }),
    read: (row) => row.createdBy,
  }),
  expires_at: expiresAt.answer,
  revoked_at: answerField({
    columns: ["revokedAt"],
    schema: timeOrNull("When the key was revoked; null if it was not. A revoked key never works again.", null),
    read: (row) => row.revokedAt?.toISOString() ?? null,
  }),
  revoked_reason: answerField({
    columns: ["revokedReason"],
    schema: z.string().nullable().meta({
      description: "Why the key was revoked, as it was said then; null if it was not revoked or no reason was given.",
      example: null,
    }),
    read: (row) => row.revokedReason,
  }),
  revoked_by: answerField({
    columns: ["revokedBy"],
    schema: z.string().nullable().meta({
      description: "Who revoked the key, by name; null if it was not revoked.",
      example: null,
    }),
    read: (row) => row.revokedBy,
  }),
  status: answerField({
    columns: ["revokedAt", "expiresAt"],
    schema: z.enum(keyStatuses).meta({
      description: `\`active\` works; \`expiring\` works and ends within ${expiringDays} days; \`expired\` and \`revoked\` no longer work.`,
      example: "active",
    }),
    read: (row, { now }) => statusOf(row, now),
  }),
  allowed_ips: allowedIps.answer,
  // With the key, its secrets end.
  previous_key_prefix: answerField({
    columns: ["revokedAt"],
    schema: z.string().nullable().meta({
      description:
        "After a rotation: the first 12 characters of the secret before, while it still works; null once it does not.",
      example: null,
    }),
    read: (row) => (row.revokedAt ? null : (row.secrets[0]?.prefix ?? null)),
  }),
  previous_key_grace_seconds: answerField({
    columns: ["revokedAt"],
    schema: z.int().nullable().meta({
      description:
        "After a rotation: for how many seconds the secret before works on, from the first use of the new one; null once it does not work.",
      example: null,
    }),
    read: (row) => (row.revokedAt ? null : (row.secrets[0]?.graceSeconds ?? null)),
  }),
  previous_key_retires_at: answerField({
    columns: ["revokedAt"],
    schema: timeOrNull(
      "After a rotation: when the secret before stops working; null until the new one has been used, and once it has stopped.",
      null,
    ),
    read: (row) => (row.revokedAt ? null : (row.secrets[0]?.retiresAt?.toISOString() ?? null)),
  }),
} satisfies Record<SettableField, object> & Record<string, object>;

/** The brand part of a key with its secret part blotted out. */
export function previewOf(keyPrefix: string): string {
  return `${keyPrefix}••••••••`;
}
