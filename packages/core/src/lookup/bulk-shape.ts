import { z } from "zod";
import { costOfMany } from "../access";
import { iocTypeNames, metaFields } from "../values";
import { iocTypeInput, lookupDataShape } from "./shape";

/** Values of one bulk lookup. */
export const maxValues = 1_000;
/** Values that cost as much as one request. */
export const valuesPerRequest = 10;

/** Checked one by one: a bad value is an answer of its own, and does not fail the others. */
const item = z.unknown().meta({
  anyOf: [
    { type: "string", minLength: 1, maxLength: 16_384, description: "The value to look up." },
    {
      type: "object",
      required: ["value"],
      description: "The value to look up, and what it is.",
      properties: {
        value: { type: "string", minLength: 1, maxLength: 16_384, description: "The value to look up." },
        type: {
          type: "string",
          enum: [...iocTypeNames],
          description: "What the value is. Absent: as `type` beside the list says, else detected.",
        },
      },
    },
  ],
});

/** The body of POST /lookup. */
export const bulkLookupInput = z
  .object({
    values: z
      .array(item)
      .min(1)
      .max(maxValues)
      .meta({
        description: `1 to ${maxValues} values, defanged or not: each a text, or an object with \`value\` and \`type\`.`,
        example: ["hxxp://malware[.]example/dropper", { value: "198.51.100.7", type: "ipv4" }],
      }),
    type: iocTypeInput.optional().meta({
      description: "What those values are that bring no type of their own. Absent: detected from each value.",
      example: "url",
    }),
    include_hunting: z
      .boolean()
      .default(false)
      .meta({ description: "Whether to answer also guidance and queries for each value.", example: false }),
  })
  .meta({
    id: "BulkLookupQuery",
    description: "The values to look up.",
    example: {
      values: ["hxxp://malware[.]example/dropper", { value: "198.51.100.7", type: "ipv4" }],
      include_hunting: false,
    },
  });
export type BulkLookupInput = z.output<typeof bulkLookupInput>;

/** What a body costs, in requests, before it is checked: 1 for every 10 values, rounded up. */
export function bulkCostOf(body: unknown): number {
  return costOfMany(body, "values", { most: maxValues, perRequest: valuesPerRequest });
}

export const fieldProblemShape = z
  .object({
    field: z.string().meta({ description: "Where it is wrong.", example: "values[0]" }),
    problem: z.string().meta({ description: "What is wrong.", example: "is no indicator" }),
    allowed: z
      .string()
      .optional()
      .meta({ description: "What is allowed; absent where that needs no saying.", example: "a domain" }),
  })
  .meta({ id: "FieldProblem", description: "What is wrong with one field." });

export const bulkErrorShape = z
  .object({
    code: z.literal("invalid_parameter").meta({ description: "Always `invalid_parameter`." }),
    message: z.string().meta({ description: "What is wrong, for people.", example: "A parameter is not valid." }),
    details: z
      .object({
        fields: z.array(fieldProblemShape).meta({ description: "What is wrong, field by field." }),
      })
      .meta({ description: "What exactly is wrong." }),
  })
  .meta({ id: "BulkError", description: "Why one value cannot be looked up." });

const resultShape = z
  .object({
    value: z.string().nullable().meta({
      description: "The value as it was asked; null where it was no text.",
      example: "hxxp://malware[.]example/dropper",
    }),
    result: lookupDataShape
      .partial({ hunting: true })
      .meta({
        id: "BulkLookupData",
        description: "Everything that is known of one value; `hunting` only where it was asked for.",
      })
      .nullable()
      .meta({ description: "As the lookup of one value answers it; null where the value cannot be looked up." }),
    error: bulkErrorShape
      .nullable()
      .meta({ description: "Why the value cannot be looked up; null where it was.", example: null }),
  })
  .meta({ id: "BulkResult", description: "What was found of one value." });
export type BulkResult = z.infer<typeof resultShape>;

export const bulkLookupShape = z
  .object({
    meta: z
      .object({
        ...metaFields,
        total: z.int().meta({ description: "Values that were asked.", example: 1 }),
        found: z.int().meta({ description: "Values that are on record, or in a network that is.", example: 1 }),
        failed: z.int().meta({ description: "Values that cannot be looked up.", example: 0 }),
      })
      .meta({ description: "About the answer." }),
    data: z.array(resultShape).meta({ description: "One result for each value, in their order." }),
  })
  .meta({ id: "BulkLookup", description: "The answer of a bulk lookup." });
export type BulkLookup = z.infer<typeof bulkLookupShape>;
