import { z } from "zod";
import { daySeconds } from "../lib";
import { requireOneEnd, takeUpdate, updateFields } from "./properties";
import { createdKeyShape, keyId, keyShape } from "./shape";

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
    ...updateFields,
  })
  .meta({
    id: "UpdateKey",
    description: "What to change; what is absent stays as it is.",
    example: { name: "Production SIEM", scopes: ["read:iocs"], allowed_ips: null, expires_in_days: 90 },
  })
  .check(requireOneEnd)
  .transform(({ keyId, ...body }) => ({ keyId, ...takeUpdate(body) }));
export type UpdateKeyInput = z.output<typeof updateKeyInput>;

export const updatedKeyShape = z
  .object({ data: keyShape })
  .meta({ id: "UpdatedKey", description: "The key as it is now." });
export type UpdatedKey = z.infer<typeof updatedKeyShape>;
