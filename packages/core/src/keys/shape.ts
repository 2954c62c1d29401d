import { z } from "zod";
import { type Plan, scopes, type Tier, tiers } from "../access";
import { plainText, queryInteger } from "../errors";
import { dailyUsageShape } from "../usage";
import { formatCidr, parseCidr } from "../values";

export const keyStatuses = ["active", "expiring", "expired", "revoked"] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** Days before its end from which a key counts as expiring. */
export const expiringDays = 14;
export const maxAllowedIps = 100;

const time = z.iso.datetime();

/** The key as the wire shows it. */
export const keyShape = z.object({
  id: z.uuid(),
  name: z.string(),
  key_prefix: z.string(),
  key_preview: z.string(),
  tier: z.enum(tiers),
  scopes: z.array(z.enum(scopes)),
  rate_limit_per_minute: z.int(),
  rate_limit_per_day: z.int(),
  total_requests: z.int(),
  last_used_at: time.nullable(),
  created_at: time,
  created_by: z.string().nullable(),
  expires_at: time.nullable(),
  revoked_at: time.nullable(),
  revoked_reason: z.string().nullable(),
  revoked_by: z.string().nullable(),
  status: z.enum(keyStatuses),
  allowed_ips: z.array(z.string()).nullable(),
  /** The secret before the newest, while it works too; it retires so long after the newest one's first use. */
  previous_key_prefix: z.string().nullable(),
  previous_key_grace_seconds: z.int().nullable(),
  /** null until the newest secret has been used. */
  previous_key_retires_at: time.nullable(),
});
export type Key = z.infer<typeof keyShape>;

export const keyDetailsShape = keyShape.extend({ usage: z.object({ daily: z.array(dailyUsageShape) }) });
export type KeyDetails = z.infer<typeof keyDetailsShape>;

export const keyListShape = z.object({
  data: z.array(keyShape),
  meta: z.object({ total: z.int(), limit: z.int(), next_cursor: z.string().nullable() }),
});
export const keyAnswerShape = z.object({ data: keyDetailsShape });
export const createdKeyShape = z.object({
  data: keyShape.extend({ key: z.string(), full_key: z.string() }),
  meta: z.object({ warning: z.string() }),
});
export const revokedKeyShape = z.object({ success: z.literal(true), message: z.string() });
export type KeyList = z.infer<typeof keyListShape>;
export type KeyAnswer = z.infer<typeof keyAnswerShape>;
export type CreatedKey = z.infer<typeof createdKeyShape>;
export type RevokedKey = z.infer<typeof revokedKeyShape>;

/** Not checked as a UUID: an id that cannot exist is answered like one that does not. */
export const keyId = z.string().meta({ format: "uuid", description: "The id of the key." });

export const keyPathInput = z.object({ keyId });

export const listKeysInput = z
  .object({
    status: z.enum(keyStatuses).optional(),
    q: plainText({ max: 100 }).optional(),
    limit: queryInteger(1, 1_000).default(1_000),
    cursor: z.string().max(200).optional(),
  })
  .prefault({});
export type ListKeysInput = z.output<typeof listKeysInput>;

export const createKeyInput = z
  .object({
    name: plainText({ min: 1, max: 100 }),
    expires_in_days: z.int().min(1).max(365).nullish(),
    scopes: z.array(z.enum(scopes)).min(1).max(100).nullish(),
    allowed_ips: z.array(cidrText()).max(maxAllowedIps).nullish(),
  })
  .transform((body) => ({
    name: body.name,
    expiresInDays: body.expires_in_days ?? null,
    /** null = all that the plan has. */
    scopes: body.scopes ? [...new Set(body.scopes)] : null,
    allowedIps: [...new Set(body.allowed_ips ?? [])],
  }));
export type CreateKeyInput = z.output<typeof createKeyInput>;

export const revokeKeyInput = z.object({
  keyId,
  reason: plainText({ max: 500, multiline: true }).nullish(),
});
export type RevokeKeyInput = z.output<typeof revokeKeyInput>;

export function cidrText() {
  return z.string().transform((text, ctx) => {
    const cidr = parseCidr(text.trim());
    if (cidr) return formatCidr(cidr);
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
  return new Date(now.getTime() + expiringDays * 86_400_000);
}
