import { z } from "zod";
import { plainText } from "../errors";

/** What becomes of a key or token whose secret is reported as leaked: it ends at once, or its workspace is told alone. */
export const leakPolicies = ["revoke", "notify"] as const;
export type LeakPolicy = (typeof leakPolicies)[number];

/** Secrets that one report may hold. */
export const maxReported = 100;

const secret = z.string().max(1_000);

/** `keys`, or `key` for one alone; `source` is where they were found. */
export const revokeLeakedInput = z
  .object({
    keys: z
      .array(secret)
      .min(1)
      .max(maxReported)
      .optional()
      .meta({ description: `The leaked secrets, 1 to ${maxReported}.`, example: ["sk_live_…"] }),
    key: secret.optional().meta({ description: "One leaked secret, in place of `keys`.", example: "sk_live_…" }),
    source: plainText({ max: 500 }).optional().meta({
      description:
        "Where they were found: a URL, or a few words for the owner, at most 500 characters. Absent: not said.",
      example: "https://paste.example/abc",
    }),
  })
  .meta({
    id: "LeakReport",
    description: "The leaked secrets: `keys`, or `key` for one alone.",
    example: { keys: ["sk_live_…"], source: "https://paste.example/abc" },
  })
  .check(({ value, issues }) => {
    if (value.keys !== undefined || value.key !== undefined) return;
    const params = { allowed: `keys: a list of 1 to ${maxReported} secrets` };
    issues.push({ code: "custom", path: ["keys"], message: "is required", params, input: value });
  })
  .transform((body) => ({
    secrets: [...(body.keys ?? []), ...(body.key === undefined ? [] : [body.key])],
    source: body.source || null,
  }));
export type RevokeLeakedInput = z.output<typeof revokeLeakedInput>;

/** How many secrets came, whatever they were. */
export const revokeLeakedShape = z
  .object({
    data: z
      .object({ received: z.int().meta({ description: "How many secrets came, whatever they were.", example: 1 }) })
      .meta({ description: "What was received." }),
  })
  .meta({ id: "LeakReceipt", description: "That the report was received." });
export type RevokeLeakedAnswer = z.infer<typeof revokeLeakedShape>;

export const leakPolicyInput = z
  .object({ leak_policy: z.enum(leakPolicies) })
  .transform((body) => ({ leakPolicy: body.leak_policy }));
export type LeakPolicyInput = z.output<typeof leakPolicyInput>;

export const leakPolicyShape = z.object({ leak_policy: z.enum(leakPolicies) });

/** The policy that the text names; one that is not known ends what leaked. */
export function leakPolicyOf(text: string): LeakPolicy {
  return leakPolicies.find((policy) => policy === text) ?? leakPolicies[0];
}
