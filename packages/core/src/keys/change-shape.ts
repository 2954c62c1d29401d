import { z } from "zod";
import { scopes } from "../access";
import { plainText } from "../errors";
import { cidrText, createdKeyShape, keyId, keyShape, maxAllowedIps } from "./shape";

/** A day: what the secret before the newest lives on for, unless it is said. */
export const standardGraceSeconds = 86_400;
/** A week. */
export const longestGraceSeconds = 604_800;

export const rotateKeyInput = z
  .object({ keyId, grace_seconds: z.int().min(0).max(longestGraceSeconds).default(standardGraceSeconds) })
  .transform((body) => ({ keyId: body.keyId, graceSeconds: body.grace_seconds }));
export type RotateKeyInput = z.output<typeof rotateKeyInput>;

export const rotatedKeyShape = createdKeyShape;
export type RotatedKey = z.infer<typeof rotatedKeyShape>;

const longestDays = 365;

/** What is absent stays as it is. */
export const updateKeyInput = z
  .object({
    keyId,
    name: plainText({ min: 1, max: 100 }).optional(),
    scopes: z.array(z.enum(scopes)).min(1).max(100).nullish(),
    allowed_ips: z.array(cidrText()).max(maxAllowedIps).nullish(),
    expires_at: z.iso.datetime({ offset: true }).nullish(),
    expires_in_days: z.int().min(1).max(longestDays).nullish(),
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

export const updatedKeyShape = z.object({ data: keyShape });
export type UpdatedKey = z.infer<typeof updatedKeyShape>;
