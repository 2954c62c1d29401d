import { z } from "zod";
import { type Plan, scopes, type Tier, tiers } from "../access";
import { plainText, queryInteger } from "../errors";
import { dayMs } from "../lib";
import { dailyUsageShape } from "../usage";
import {
  countOf,
  exampleKeyId,
  formatNetwork,
  keyId,
  nextCursor,
  parseNetwork,
  timeOf,
  timeOrNull,
  uuid,
} from "../values";

export { keyId };

export const keyStatuses = ["active", "expiring", "expired", "revoked"] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** Days before its end from which a key counts as expiring. */
export const expiringDays = 14;
export const maxAllowedIps = 100;

const exampleSecret = "sk_live_zIc8qYb3J0mVt5Wl9RxE2uHs7Na4PdKo6FgTi1CeXvBn0Q8wZr";
const scope = z.enum(scopes).meta({ id: "Scope", description: "A right of an API key.", example: "read:iocs" });

/** The key as the wire shows it. */
export const keyShape = z
  .object({
    id: uuid.meta({ description: "The id of the key. It stays when the secret is rotated.", example: exampleKeyId }),
    name: z.string().meta({ description: "What the key is for, as its owner wrote it.", example: "Production SIEM" }),
    key_prefix: z
      .string()
      .meta({ description: "The first 12 characters of the secret, to tell keys apart.", example: "sk_live_zIc8" }),
    key_preview: z.string().meta({
      description: "The brand part of the secret; the rest is blotted out.",
      example: "sk_live_••••••••",
    }),
    tier: z.enum(tiers).meta({ description: "The tier of the workspace that owns the key.", example: "pro" }),
    scopes: z.array(scope).meta({
      description: "What the key may do: its own scopes, as far as the tier still has them.",
      example: ["read:iocs", "read:articles"],
    }),
    rate_limit_per_minute: countOf("Requests that the key may make in a UTC minute.", 1_000),
    rate_limit_per_day: countOf("Requests that the key may make in a UTC day.", 1_000_000),
    total_requests: countOf(
      "Requests ever made with the key, refused ones too. Counted with a delay of seconds.",
      142_587,
    ),
    last_used_at: timeOrNull("When the key was last used; null if it never was."),
    created_at: timeOf("When the key was created."),
    created_by: z.string().nullable().meta({
      description: "The name of the person or the management token that created the key; null where it is not known.",
      example: "Ada Example",
    }),
    expires_at: timeOrNull("When the key stops working; null if it never expires.", null),
    revoked_at: timeOrNull("When the key was revoked; null if it was not. A revoked key never works again.", null),
    revoked_reason: z.string().nullable().meta({
      description: "Why the key was revoked, as it was said then; null if it was not revoked or no reason was given.",
      example: null,
    }),
    revoked_by: z.string().nullable().meta({
      description: "Who revoked the key, by name; null if it was not revoked.",
      example: null,
    }),
    status: z.enum(keyStatuses).meta({
      description: `\`active\` works; \`expiring\` works and ends within ${expiringDays} days; \`expired\` and \`revoked\` no longer work.`,
      example: "active",
    }),
    allowed_ips: z
      .array(z.string().meta({ description: "An IPv4 or IPv6 network in CIDR notation.", example: "198.51.100.0/24" }))
      .nullable()
      .meta({
        description: "The networks that the key works from; null if it works from any address.",
        example: ["198.51.100.0/24", "2001:db8::/32"],
      }),
    previous_key_prefix: z.string().nullable().meta({
      description:
        "After a rotation: the first 12 characters of the secret before, while it still works; null once it does not.",
      example: null,
    }),
    previous_key_grace_seconds: z.int().nullable().meta({
      description:
        "After a rotation: for how many seconds the secret before works on, from the first use of the new one; null once it does not work.",
      example: null,
    }),
    previous_key_retires_at: timeOrNull(
      "After a rotation: when the secret before stops working; null until the new one has been used, and once it has stopped.",
      null,
    ),
  })
  .meta({ id: "Key", description: "An API key. Its secret is not part of it." });
export type Key = z.infer<typeof keyShape>;

export const keyDetailsShape = keyShape
  .extend({
    usage: z
      .object({
        daily: z
          .array(dailyUsageShape)
          .meta({ description: "One row for each of the last 30 UTC days, today included, newest first." }),
      })
      .meta({ description: "How the key was used of late. `getAPIKeyUsage` says more." }),
  })
  .meta({ id: "KeyDetails", description: "An API key with how it was used of late. Its secret is not part of it." });
export type KeyDetails = z.infer<typeof keyDetailsShape>;

export const keyListShape = z
  .object({
    data: z.array(keyShape).meta({ description: "Keys of the workspace, revoked ones too, newest first." }),
    meta: z
      .object({
        total: countOf("Keys that match, on all pages.", 12),
        limit: countOf("The limit in effect.", 1_000),
        next_cursor: nextCursor,
      })
      .meta({ description: "About the page." }),
  })
  .meta({ id: "KeyList", description: "A page of keys." });
export const keyAnswerShape = z.object({ data: keyDetailsShape }).meta({ id: "KeyAnswer", description: "One key." });
export const createdKeyShape = z
  .object({
    data: keyShape
      .extend({
        key: z.string().meta({
          description: "The secret. It is answered this one time and cannot be read again.",
          example: exampleSecret,
        }),
        full_key: z.string().meta({ description: "The same as `key`.", example: exampleSecret }),
      })
      .meta({ id: "KeyWithSecret", description: "An API key and its new secret." }),
    meta: z
      .object({
        warning: z.string().meta({
          description: "That the secret is not shown again, for people.",
          example: "Store this key now: it is not shown again.",
        }),
      })
      .meta({ description: "What to know about the secret." }),
  })
  .meta({ id: "CreatedKey", description: "A key with a secret that is answered this one time." });
export const revokedKeyShape = z
  .object({
    success: z.literal(true).meta({ description: "Always true." }),
    message: z.string().meta({ description: "What was done, for people.", example: "API key revoked successfully" }),
  })
  .meta({ id: "RevokedKey", description: "That the key is revoked. Revoking it again answers the same." });
export type KeyList = z.infer<typeof keyListShape>;
export type KeyAnswer = z.infer<typeof keyAnswerShape>;
export type CreatedKey = z.infer<typeof createdKeyShape>;
export type RevokedKey = z.infer<typeof revokedKeyShape>;

export const keyPathInput = z.object({ keyId });

export const listKeysInput = z
  .object({
    status: z
      .enum(keyStatuses)
      .optional()
      .meta({ description: "Only keys in this state.", example: "active", parameter: "KeyStatus" }),
    q: plainText({ max: 100 }).optional().meta({
      description: "Only keys whose name or prefix holds this text, in any case of letters; at most 100 characters.",
      example: "SIEM",
      parameter: "KeyQuery",
    }),
    limit: queryInteger(1, 1_000).default(1_000).meta({
      description: "Most keys to answer, 1 to 1000.",
      example: 100,
      parameter: "KeyLimit",
    }),
    cursor: z
      .string()
      .max(200)
      .optional()
      .meta({
        description: "`meta.next_cursor` of the page before.",
        example: `1795253400000.${exampleKeyId}`,
        parameter: "KeyCursor",
      }),
  })
  .prefault({});
export type ListKeysInput = z.output<typeof listKeysInput>;

/** The fields of a key that a body may set, absent or null as the verb says. */
export const keyBodyFields = {
  name: plainText({ min: 1, max: 100 }).meta({
    description: "What the key is for: 1 to 100 characters on one line.",
    example: "Production SIEM",
  }),
  scopes: z.array(scope).min(1).max(100),
  allowed_ips: z
    .array(
      cidrText().meta({
        description: "An IPv4 or IPv6 address, or a network in CIDR notation.",
        example: "198.51.100.0/24",
      }),
    )
    .max(maxAllowedIps),
  expires_in_days: z.int().min(1).max(365),
};

export const createKeyInput = z
  .object({
    name: keyBodyFields.name,
    expires_in_days: keyBodyFields.expires_in_days.nullish().meta({
      description: "Days until the key expires, 1 to 365; null or absent means that it never expires.",
      example: 90,
    }),
    scopes: keyBodyFields.scopes.nullish().meta({
      description: "What the key may do: some of the tier's scopes; null or absent means all of them.",
      example: ["read:iocs"],
    }),
    allowed_ips: keyBodyFields.allowed_ips.nullish().meta({
      description: `The addresses and networks that the key works from, at most ${maxAllowedIps}; null, absent or an empty list means from any.`,
      example: ["198.51.100.0/24", "2001:db8::/32"],
    }),
  })
  .meta({ id: "CreateKey", description: "The key to create." })
  .transform((body) => ({
    name: body.name,
    expiresInDays: body.expires_in_days ?? null,
    /** null = all that the plan has. */
    scopes: body.scopes ? [...new Set(body.scopes)] : null,
    allowedIps: [...new Set(body.allowed_ips ?? [])],
  }));
export type CreateKeyInput = z.output<typeof createKeyInput>;

export const revokeKeyInput = z
  .object({
    keyId,
    reason: plainText({ max: 500, multiline: true }).nullish().meta({
      description:
        "Why the key is revoked, at most 500 characters; kept in the audit log and shown in the dashboard. Null or absent: no reason.",
      example: "Quarterly rotation",
    }),
  })
  .meta({ id: "RevokeKey", description: "Why the key is revoked. The body may be absent." });
export type RevokeKeyInput = z.output<typeof revokeKeyInput>;

export function cidrText() {
  return z.string().transform((text, ctx) => {
    const network = parseNetwork(text.trim());
    if (network) return formatNetwork(network);
    const allowed = "an IPv4 or IPv6 address or network such as 198.51.100.0/24 or 2001:db8::/32";
    ctx.issues.push({ code: "custom", message: "is not an address or network", params: { allowed }, input: text });
    return z.NEVER;
  });
}

/** The columns of a key that its wire shape needs. */
export type KeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  allowedIps: string[];
  createdAt: Date;
  createdBy: string | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  revokedReason: string | null;
  revokedBy: string | null;
  lastUsedAt: Date | null;
  totalRequests: bigint | number;
  /** The secret before the newest, while it works; no other. */
  secrets: { prefix: string; graceSeconds: number | null; retiresAt: Date | null }[];
};

const ownColumns = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  allowedIps: true,
  createdAt: true,
  createdBy: true,
  expiresAt: true,
  revokedAt: true,
  revokedReason: true,
  revokedBy: true,
  lastUsedAt: true,
  totalRequests: true,
} as const satisfies Record<Exclude<keyof KeyRow, "secrets">, true>;

/** What is selected of a key at `now`. */
export function keyColumns(now: Date) {
  return {
    ...ownColumns,
    secrets: { where: isPrevious(now), select: { prefix: true, graceSeconds: true, retiresAt: true } },
  } as const;
}

/** The secrets that have a successor and work all the same: at most one of a key. */
export function isPrevious(now: Date) {
  return { graceSeconds: { not: null }, OR: [{ retiresAt: null }, { retiresAt: { gt: now } }] };
}

export type KeySetting = { tier: Tier; plan: Plan; keyPrefix: string; now: Date };

/** The wire shape of a row; its scopes are those that the plan still has. */
export function toKey(row: KeyRow, { tier, plan, keyPrefix, now }: KeySetting): Key {
  // With the key, its secrets end.
  const previous = row.revokedAt ? undefined : row.secrets[0];
  return {
    id: row.id,
    name: row.name,
    key_prefix: row.prefix,
    key_preview: previewOf(keyPrefix),
    tier,
    scopes: plan.scopes.filter((scope) => row.scopes.includes(scope)),
    rate_limit_per_minute: plan.requestsPerMinute,
    rate_limit_per_day: plan.requestsPerDay,
    total_requests: Number(row.totalRequests),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    created_by: row.createdBy,
    expires_at: row.expiresAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
    revoked_reason: row.revokedReason,
    revoked_by: row.revokedBy,
    status: statusOf(row, now),
    allowed_ips: row.allowedIps.length > 0 ? row.allowedIps : null,
    previous_key_prefix: previous?.prefix ?? null,
    previous_key_grace_seconds: previous?.graceSeconds ?? null,
    previous_key_retires_at: previous?.retiresAt?.toISOString() ?? null,
  };
}

/** The brand part of a key with its secret part blotted out. */
export function previewOf(keyPrefix: string): string {
  return `${keyPrefix}••••••••`;
}

export function statusOf({ revokedAt, expiresAt }: Pick<KeyRow, "revokedAt" | "expiresAt">, now: Date): KeyStatus {
  if (revokedAt) return "revoked";
  if (!expiresAt) return "active";
  if (expiresAt <= now) return "expired";
  return expiresAt <= expiringBy(now) ? "expiring" : "active";
}

/** A key that ends at or before this time is expiring. */
export function expiringBy(now: Date): Date {
  return new Date(now.getTime() + expiringDays * dayMs);
}
