import { z } from "zod";
import { costOfMany } from "../access";
import { errorCodeField, oneOrMany, plainText, queryInteger } from "../errors";
import { fieldProblemShape } from "../lookup";
import {
  confidenceShape,
  confidences,
  countOf,
  exampleIocId,
  iocTypeNames,
  iocTypeShape,
  longestId,
  metaFields,
  nextCursor,
  riskScore,
  timeCursor,
  timeOf,
  timeOrNull,
  tlpShape,
  tlps,
  totalExact,
  uuid,
} from "../values";

/** Indicators of one request. */
export const maxIndicators = 10_000;
/** Indicators that cost as much as one request. */
export const indicatorsPerRequest = 100;

/** Who may read them. There is one answer so far: to share with every workspace is what an operator's own feed is for. */
const audiences = ["workspace"] as const;

const time = z.iso.datetime({ offset: true }).max(40);
const line = (max: number, description: string, example: string) =>
  plainText({ min: 1, max })
    .nullish()
    .meta({ description: `${description} 1 to ${max} characters.`, example });

const changeable = {
  confidence: z.enum(confidences).optional().meta({ description: "How sure the workspace is.", example: "high" }),
  tlp: z.enum(tlps).optional().meta({
    description: "With whom the workspace may share it. Tocsin itself shows it to nobody outside of the audience.",
    example: "amber",
  }),
  audience: z
    .enum(audiences)
    .optional()
    .meta({ description: "Who may read it here: the workspace, and nobody else.", example: "workspace" }),
  tags: z
    .array(plainText({ min: 1, max: 100 }))
    .max(50)
    .optional()
    .meta({ description: "At most 50 words of 1 to 100 characters.", example: ["phishing"] }),
  threat_type: line(100, "What it does, in a word or two.", "botnet_cc"),
  malware_family: line(100, "The malware that it belongs to.", "Emotet"),
  comment: line(2_000, "What is worth reading beside the value.", "Seen in the mail of 20 November"),
  reference: plainText({ min: 1, max: 2_048 })
    .refine((text) => /^https?:\/\/[^\s]+$/i.test(text), {
      error: "is not a web address",
      params: { allowed: "an http or https URL" },
    })
    .nullish()
    .meta({
      description: "Where more is written about it, an http or https URL.",
      example: "https://wiki.example/case-7",
    }),
  first_seen: time.nullish().meta({ description: "When it was first seen.", example: "2026-11-20T09:30:00Z" }),
  last_seen: time.nullish().meta({ description: "When it was last seen.", example: "2026-11-21T09:30:00Z" }),
  valid_until: time.nullish().meta({
    description: "Until when it stands; null means until it is withdrawn.",
    example: "2027-02-20T00:00:00Z",
  }),
};

const externalId = plainText({ min: 1, max: 200 });

const draftFields = {
  value: z.string().min(1).max(16_384).meta({
    description: "The value, defanged or not; 1 to 16384 characters.",
    example: "hxxp://malware[.]example/dropper",
  }),
  type: z
    .enum(iocTypeNames)
    .optional()
    .meta({ description: "What the value is. Absent: detected from the value.", example: "url" }),
  external_id: externalId.nullish().meta({
    description: "The workspace's own name for it, 1 to 200 characters; no two indicators have the same.",
    example: "case-7/3",
  }),
  ...changeable,
};

/** One indicator as it is sent. */
export const draftShape = z.strictObject(draftFields);
export type Draft = z.output<typeof draftShape>;

const draftJson = {
  type: "object" as const,
  required: ["value"],
  description: "One indicator; its fields are those of a request for one.",
  properties: {
    value: { type: "string" as const, minLength: 1, maxLength: 16_384, description: "The value, defanged or not." },
  },
};

/** POST /api/v1/indicators: one, or a list. Those of a list are checked one by one, so that a bad one fails no other. */
export const addIndicatorsInput = z
  .strictObject({
    ...draftFields,
    value: draftFields.value.optional(),
    indicators: z
      .array(z.unknown().meta(draftJson))
      .min(1)
      .max(maxIndicators)
      .optional()
      .meta({
        description: `1 to ${maxIndicators} indicators, in place of one.`,
        example: [{ value: "evil.example" }],
      }),
  })
  .check(oneOrMany("indicators", "indicator"))
  .meta({
    id: "AddIndicators",
    description: "One indicator, or a list of them.",
    example: { value: "malware.example", confidence: "high", tags: ["phishing"] },
  });
export type AddIndicatorsInput = z.output<typeof addIndicatorsInput>;

/** What a body costs, in requests, before it is checked. */
export function indicatorsCostOf(body: unknown): number {
  return costOfMany(body, "indicators", { most: maxIndicators, perRequest: indicatorsPerRequest });
}

/** Not checked as a UUID: an id that cannot exist is answered like one that does not. */
const indicatorId = z.string().max(longestId).meta({
  format: "uuid",
  description: "The id of the indicator: that of its type and value, as everywhere.",
  example: exampleIocId,
  parameter: "IndicatorId",
});
export const indicatorPathInput = z.object({ indicatorId });
export type IndicatorPath = z.output<typeof indicatorPathInput>;

export const changeIndicatorInput = z
  .strictObject({
    indicatorId,
    external_id: externalId.nullish().meta(draftFields.external_id.meta() ?? {}),
    ...changeable,
  })
  .meta({
    id: "ChangeIndicator",
    description: "What to change; what is absent stays as it is, null takes it away.",
    example: { tags: ["phishing", "closed"], valid_until: null },
  });
export type ChangeIndicatorInput = z.output<typeof changeIndicatorInput>;

const statuses = ["active", "expired", "withdrawn"] as const;
export type IndicatorStatus = (typeof statuses)[number];

export const listIndicatorsInput = z
  .object({
    status: z
      .enum([...statuses, "all"])
      .default("active")
      .meta({ description: "Only indicators in this state.", example: "active" }),
    type: z.enum(iocTypeNames).optional().meta({ description: "Only indicators of this type.", example: "domain" }),
    tag: plainText({ min: 1, max: 100 })
      .optional()
      .meta({ description: "Only indicators with this tag, exactly as written.", example: "phishing" }),
    external_id: externalId.optional().meta({ description: "Only the indicator of this name.", example: "case-7/3" }),
    q: plainText({ min: 1, max: 200 })
      .optional()
      .meta({ description: "Only indicators whose value or comment holds this text.", example: "example" }),
    limit: queryInteger(1, 1_000)
      .default(100)
      .meta({ description: "Most indicators to answer, 1 to 1000.", example: 100 }),
    cursor: timeCursor,
  })
  .prefault({});
export type ListIndicatorsInput = z.output<typeof listIndicatorsInput>;

const textOrNull = (description: string, example: string) => z.string().nullable().meta({ description, example });

export const indicatorShape = z
  .object({
    id: uuid.meta({ description: "The id of the indicator, that of its type and value.", example: exampleIocId }),
    type: iocTypeShape,
    value: z.string().meta({ description: "The value, normalised.", example: "malware.example" }),
    external_id: textOrNull("The workspace's own name for it.", "case-7/3"),
    status: z.enum(statuses).meta({
      description: "Whether it stands, has reached its end, or was withdrawn.",
      example: "active",
    }),
    confidence: confidenceShape.meta({ description: "How sure the workspace is.", example: "high" }),
    tlp: tlpShape,
    audience: z.enum(audiences).meta({ description: "Who may read it here.", example: "workspace" }),
    tags: z.array(z.string()).meta({ description: "Its tags.", example: ["phishing"] }),
    threat_type: textOrNull("What it does.", "botnet_cc"),
    malware_family: textOrNull("The malware that it belongs to.", "Emotet"),
    comment: textOrNull("What is worth reading beside the value.", "Seen in the mail of 20 November"),
    reference: textOrNull("Where more is written about it.", "https://wiki.example/case-7"),
    warnings: z
      .array(z.string())
      .meta({ description: "The warninglists that the value was on when it was written.", example: [] }),
    risk_score: riskScore.nullable().meta({
      description: "How dangerous it is, by the workspace and by feeds together; null where it does not stand.",
      example: 62,
    }),
    feeds_count: countOf("Feeds that report the value too.", 0),
    first_seen: timeOf("When it was first seen."),
    last_seen: timeOf("When it was last seen."),
    valid_until: timeOrNull("Until when it stands; null: until it is withdrawn."),
    withdrawn_at: timeOrNull("When it was withdrawn; null if it was not."),
    created_at: timeOf("When it was added."),
    created_by: z.string().meta({ description: "The person or key that added it, by name.", example: "Ada Example" }),
    updated_at: timeOf("When it, or what feeds say of the value, last changed."),
  })
  .meta({ id: "OwnIndicator", description: "What a workspace says of one value." });
export type IndicatorView = z.infer<typeof indicatorShape>;

export const indicatorAnswerShape = z
  .object({ data: indicatorShape })
  .meta({ id: "OwnIndicatorAnswer", description: "One indicator of the workspace." });
export type IndicatorAnswer = z.infer<typeof indicatorAnswerShape>;

export const indicatorListShape = z
  .object({
    data: z.array(indicatorShape).meta({ description: "The indicators, newest change first." }),
    meta: z
      .object({
        ...metaFields,
        total: countOf("Indicators that match, on all pages; no more than 10000 are counted.", 12),
        total_exact: totalExact,
        limit: countOf("The limit in effect.", 100),
        next_cursor: nextCursor,
        stored: countOf("Indicators of the workspace, withdrawn ones too.", 12),
        indicators_limit: countOf("How many the tier allows.", 1_000),
      })
      .meta({ description: "About the page." }),
  })
  .meta({ id: "OwnIndicatorList", description: "A page of the workspace's indicators." });
export type IndicatorList = z.infer<typeof indicatorListShape>;

export const outcomes = ["created", "updated", "unchanged", "refused"] as const;
export type Outcome = (typeof outcomes)[number];

export const rowErrorShape = z
  .object({
    code: errorCodeField,
    fields: z.array(fieldProblemShape).meta({ description: "What is wrong, field by field." }),
  })
  .meta({ id: "IndicatorError", description: "Why an indicator was refused." });
export type RowError = z.infer<typeof rowErrorShape>;

const resultShape = z
  .object({
    index: z.int().meta({ description: "Its place in the request, from 0.", example: 0 }),
    outcome: z.enum(outcomes).meta({ description: "What became of it.", example: "created" }),
    id: uuid.nullable().meta({ description: "Its id; null where it was refused.", example: exampleIocId }),
    type: iocTypeShape.nullable().meta({ description: "What it is; null where it was refused.", example: "domain" }),
    value: z
      .string()
      .nullable()
      .meta({ description: "The value, normalised; null where it was refused.", example: "malware.example" }),
    error: rowErrorShape.nullable().meta({ description: "Why it was refused; null where it was not.", example: null }),
  })
  .meta({ id: "IndicatorResult", description: "What became of one indicator." });
export type IndicatorResult = z.infer<typeof resultShape>;

const countsFields = {
  created: countOf("Indicators that are new.", 1),
  updated: countOf("Indicators that say something else than before.", 0),
  unchanged: countOf("Indicators that were stored so already.", 0),
  refused: countOf("Indicators that were refused.", 0),
};
export type Counts = Record<Outcome, number>;

export const addedIndicatorsShape = z
  .object({
    meta: z
      .object({ ...metaFields, total: countOf("Indicators that were sent.", 1), ...countsFields })
      .meta({ description: "About the answer." }),
    data: z.array(resultShape).meta({ description: "One result for each indicator, in their order." }),
  })
  .meta({ id: "AddedIndicators", description: "What became of each indicator." });
export type AddedIndicators = z.infer<typeof addedIndicatorsShape>;
