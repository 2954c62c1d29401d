import { z } from "zod";
import { daySeconds } from "../lib";
import { createdKeyShape, keyBodyFields, keyId, keyShape, maxAllowedIps } from "./shape";

/** A day: what the secret before the newest lives on for, unless it is said. */
export const standardGraceSeconds = daySeconds;
/** A week. */
export const longestGraceSeconds = 604_800;

export const rotateKeyInput = z
  .object({
    keyId,
    grace_seconds: z
      .int()
      .min(0)
      .max(longestGraceSeconds)
      .default(standardGraceSeconds)
      .meta({
        description: `For how many seconds the secret before works on, counted from the first use of the new one: 0 to ${longestGraceSeconds} (a week); 0 ends it at once.`,
        example: standardGraceSeconds,
      }),
  })
  .meta({ id: "RotateKey", description: "How the secret before ends. The body may be absent." })
  .transform((body) => ({ keyId: body.keyId, graceSeconds: body.grace_seconds }));
export type RotateKeyInput = z.output<typeof rotateKeyInput>;

export const rotatedKeyShape = createdKeyShape;
export type RotatedKey = z.infer<typeof rotatedKeyShape>;

/** What is absent stays as it is. */
export const updateKeyInput = z
  .object({
    keyId,
    name: keyBodyFields.name.optional(),
    scopes: keyBodyFields.scopes.nullish().meta({
      description:
        "What the key may do from now on: some of the tier's scopes; null means all of them. Absent: as it is.",
      example: ["read:iocs"],
    }),
    allowed_ips: keyBodyFields.allowed_ips.nullish().meta({
      description: `The addresses and networks that the key works from, at most ${maxAllowedIps}; null or an empty list means from any. Absent: as it is.`,
      example: ["198.51.100.0/24", "2001:db8::/32"],
    }),
    expires_at: z.iso.datetime({ offset: true }).nullish().meta({
      description:
        "When the key expires: an ISO 8601 time with its offset, at most 365 days ahead; null means never. Not beside `expires_in_days`. Absent: as it is.",
      example: null,
    }),
    expires_in_days: keyBodyFields.expires_in_days.nullish().meta({
      description:
        "Days from now until the key expires, 1 to 365; null means never. Not beside `expires_at`. Absent: as it is.",
      example: 90,
    }),
  })
  .meta({
    id: "UpdateKey",
    description: "What to change; what is absent stays as it is.",
    example: { name: "Production SIEM", scopes: ["read:iocs"], allowed_ips: null, expires_in_days: 90 },
  })
  .check(({ value, issues }) => {
    if (value.expires_at === undefined || value.expires_in_days === undefined) return;
    const allowed = "either expires_at or expires_in_days";
    issues.push({
      code: "custom",
      message: "is given beside expires_at",
      params: { allowed },
      path: ["expires_in_days"],
      input: value.expires_in_days,
    });
  })
  .transform((body) => ({
    keyId: body.keyId,
    name: body.name,
    /** null = all that the plan has. */
    scopes: body.scopes ? [...new Set(body.scopes)] : body.scopes,
    /** null = from anywhere. */
    allowedIps: body.allowed_ips ? [...new Set(body.allowed_ips)] : body.allowed_ips,
    /** null = never. */
    expiresAt: typeof body.expires_at === "string" ? new Date(body.expires_at) : body.expires_at,
    expiresInDays: body.expires_in_days,
  }));
export type UpdateKeyInput = z.output<typeof updateKeyInput>;

export const updatedKeyShape = z
  .object({ data: keyShape })
  .meta({ id: "UpdatedKey", description: "The key as it is now." });
export type UpdatedKey = z.infer<typeof updatedKeyShape>;
