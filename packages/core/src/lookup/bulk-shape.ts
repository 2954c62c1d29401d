import { z } from "zod";
import { iocTypes } from "../values";
import { iocTypeInput, lookupDataShape } from "./shape";

/** Values of one bulk lookup. */
export const maxValues = 1_000;
/** Values that cost as much as one request. */
export const valuesPerRequest = 10;

/** Checked one by one: a bad value is an answer of its own, and does not fail the others. */
const item = z.unknown().meta({
  anyOf: [
    { type: "string", minLength: 1, maxLength: 16_384 },
    {
      type: "object",
      required: ["value"],
      properties: {
        value: { type: "string", minLength: 1, maxLength: 16_384 },
        type: { type: "string", enum: [...iocTypes, "mitre-attack"] },
      },
    },
  ],
});

/** The body of POST /lookup. */
export const bulkLookupInput = z.object({
  values: z
    .array(item)
    .min(1)
    .max(maxValues)
    .meta({
      description: `1 to ${maxValues} values, defanged or not: each a text, or an object with \`value\` and \`type\`.`,
      example: ["hxxp://malware[.]example/dropper", { value: "198.51.100.7", type: "ipv4" }],
    }),
  type: iocTypeInput.optional().meta({
    description: "What those values are that bring no type of their own. Detected from each value where absent.",
    example: "url",
  }),
  include_hunting: z
    .boolean()
    .default(false)
    .meta({ description: "Also answer guidance and queries for each value.", example: false }),
});
export type BulkLookupInput = z.output<typeof bulkLookupInput>;

/** What a body costs, in requests, before it is checked: 1 for every 10 values, rounded up. */
export function bulkCostOf(body: unknown): number {
  const values = typeof body === "object" && body !== null && "values" in body ? body.values : null;
  const count = Array.isArray(values) && values.length <= maxValues ? values.length : 0;
  return Math.max(1, Math.ceil(count / valuesPerRequest));
}

export const bulkErrorShape = z.object({
  code: z.literal("invalid_parameter"),
  message: z.string(),
  details: z.object({
    fields: z.array(z.object({ field: z.string(), problem: z.string(), allowed: z.string().optional() })),
  }),
});

const resultShape = z.object({
  value: z.string().nullable().meta({ description: "The value as it was asked; null where it was no text." }),
  result: lookupDataShape
    .partial({ hunting: true })
    .nullable()
    .meta({ description: "As the lookup of one value answers it; null where the value cannot be looked up." }),
  error: bulkErrorShape
    .nullable()
    .meta({ description: "Why the value cannot be looked up; null where it was.", example: null }),
});
export type BulkResult = z.infer<typeof resultShape>;

export const bulkLookupShape = z.object({
  meta: z.object({
    generated_at: z.iso.datetime(),
    feed_version: z.literal("1.0"),
    source: z.string().meta({ description: "The instance's name.", example: "Tocsin" }),
    total: z.int().meta({ description: "Values that were asked.", example: 1 }),
    found: z.int().meta({ description: "Values that are on record, or in a network that is.", example: 1 }),
    failed: z.int().meta({ description: "Values that cannot be looked up.", example: 0 }),
  }),
  data: z.array(resultShape).meta({ description: "One result for each value, in their order." }),
});
export type BulkLookup = z.infer<typeof bulkLookupShape>;
