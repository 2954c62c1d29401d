import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { dailyUsageShape } from "../usage";
import { countOf, exampleKeyId, keyId, nextCursor, totalExact } from "../values";
import { keySorts } from "./key-order";
import { keyStatuses } from "./key-status";
import { answerColumns, createFields, keyFieldShapes, requireOneEnd, takeCreate } from "./properties";

export { keyId };

const exampleSecret = "sk_live_zIc8qYb3J0mVt5Wl9RxE2uHs7Na4PdKo6FgTi1CeXvBn0Q8wZr";

/** The key as the wire shows it. */
export const keyShape = z
  .object(keyFieldShapes)
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
    data: z
      .array(keyShape)
      .meta({ description: "Keys of the workspace, revoked ones too, newest first unless `sort` says otherwise." }),
    meta: z
      .object({
        total: countOf("Keys that match, on all pages; no more than 10000 are counted.", 12),
        total_exact: totalExact,
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
    sort: z.enum(keySorts).default("-created_at").meta({
      description:
        "By which field the keys come, with `-` from the last to the first. Keys that have no value of it come last.",
      example: "-last_used_at",
      parameter: "KeySort",
    }),
    limit: queryInteger(1, 1_000).default(1_000).meta({
      description: "Most keys to answer, 1 to 1000.",
      example: 100,
      parameter: "KeyLimit",
    }),
    cursor: z
      .string()
      .max(1_000)
      .optional()
      .meta({
        description: "`meta.next_cursor` of the page before, in the same order.",
        example: `1795253400000.${exampleKeyId}`,
        parameter: "KeyCursor",
      }),
  })
  .prefault({});
export type ListKeysInput = z.output<typeof listKeysInput>;

export const createKeyInput = z
  .object(createFields)
  .meta({
    id: "CreateKey",
    description: "The key to create.",
    example: {
      name: "Production SIEM",
      expires_in_days: 90,
      scopes: ["read:iocs"],
      allowed_ips: ["198.51.100.0/24", "2001:db8::/32"],
    },
  })
  .check(requireOneEnd)
  .transform(takeCreate);
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

/** What is selected of a key at `now`. */
export function keyColumns(now: Date) {
  return {
    ...answerColumns,
    secrets: { where: isPrevious(now), select: { prefix: true, graceSeconds: true, retiresAt: true } },
  } as const;
}

/** The secrets that have a successor and work all the same: at most one of a key. */
export function isPrevious(now: Date) {
  return { graceSeconds: { not: null }, OR: [{ retiresAt: null }, { retiresAt: { gt: now } }] };
}
