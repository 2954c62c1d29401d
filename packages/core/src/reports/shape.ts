import { z } from "zod";
import { costOfMany } from "../access";
import { errorCodeField, oneOrMany, plainText, queryInteger } from "../errors";
import {
  countOf,
  exampleIocId,
  iocTypeNames,
  iocTypeShape,
  longestId,
  metaFields,
  nextCursor,
  timeCursor,
  timeOf,
  totalExact,
  uuid,
} from "../values";

/** Sightings of one request. */
export const maxSightings = 1_000;
/** Sightings that cost as much as one request. */
export const sightingsPerRequest = 100;

export const reportedValue = {
  value: z.string().min(1).max(16_384).meta({
    description: "The value, defanged or not; 1 to 16384 characters.",
    example: "hxxp://malware[.]example/dropper",
  }),
  type: z
    .enum(iocTypeNames)
    .optional()
    .meta({ description: "What the value is. Absent: detected from the value.", example: "url" }),
};
const line = (max: number, description: string, example: string) =>
  plainText({ min: 1, max })
    .nullish()
    .meta({ description: `${description} 1 to ${max} characters.`, example });

const count = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .meta({ description: "How often it was seen there then, 1 to 1000000000; once where it is absent.", example: 12 });

const draftFields = {
  ...reportedValue,
  seen_at: z.iso.datetime({ offset: true }).max(40).nullish().meta({
    description: "When it was seen. Absent: now; name it, so that a request that is sent twice counts once.",
    example: "2026-11-20T09:30:00Z",
  }),
  place: line(200, "Where it was seen, in your words: a sensor, a site, a log.", "Proxy Vienna"),
  count: count.default(1).meta(count.meta() ?? {}),
  comment: line(2_000, "What is worth reading beside it.", "Blocked"),
};

/** One sighting as it is sent. */
export const sightingDraftShape = z.strictObject(draftFields);
export type SightingDraft = z.output<typeof sightingDraftShape>;

const draftJson = {
  type: "object" as const,
  required: ["value"],
  description: "One sighting; its fields are those of a request for one.",
  properties: {
    value: { type: "string" as const, minLength: 1, maxLength: 16_384, description: "The value, defanged or not." },
  },
};

/** POST /api/v1/sightings: one, or a list. Those of a list are checked one by one, so that a bad one fails no other. */
export const addSightingsInput = z
  .strictObject({
    ...draftFields,
    value: reportedValue.value.optional(),
    count: count.optional().meta(count.meta() ?? {}),
    sightings: z
      .array(z.unknown().meta(draftJson))
      .min(1)
      .max(maxSightings)
      .optional()
      .meta({
        description: `1 to ${maxSightings} sightings, in place of one.`,
        example: [{ value: "malware.example" }],
      }),
  })
  .check(oneOrMany("sightings", "sighting"))
  .meta({
    id: "AddSightings",
    description: "One sighting, or a list of them.",
    example: { value: "malware.example", seen_at: "2026-11-20T09:30:00Z", place: "Proxy Vienna", count: 12 },
  });
export type AddSightingsInput = z.output<typeof addSightingsInput>;

/** What a body costs, in requests, before it is checked. */
export function sightingsCostOf(body: unknown): number {
  return costOfMany(body, "sightings", { most: maxSightings, perRequest: sightingsPerRequest });
}

export const sightingFormats = ["json", "stix", "misp"] as const;

export const listSightingsInput = z
  .object({
    value: reportedValue.value.optional().meta({
      description: "Only sightings of this value, defanged or not.",
      example: "malware.example",
    }),
    limit: queryInteger(1, 1_000)
      .default(100)
      .meta({ description: "Most sightings to answer, 1 to 1000.", example: 100 }),
    cursor: timeCursor,
    format: z.enum(sightingFormats).default("json").meta({
      description:
        "`stix` is a bundle of `sighting` objects of all that `value` leaves, `misp` the same as MISP's sightings, each a file.",
      example: "json",
    }),
  })
  .prefault({});
export type ListSightingsInput = z.output<typeof listSightingsInput>;

/** Not checked as a UUID: an id that cannot exist is answered like one that does not. */
export const sightingPathInput = z.object({
  sightingId: z.string().max(longestId).meta({
    format: "uuid",
    description: "The id of the sighting, a UUID.",
    example: "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10",
    parameter: "SightingId",
  }),
});
export type SightingPath = z.output<typeof sightingPathInput>;

export const valueFields = {
  type: iocTypeShape,
  value: z.string().meta({ description: "The value, normalised.", example: "malware.example" }),
};
export const by = z.string().meta({ description: "The person or key that said so, by name.", example: "Sensor" });

export const sightingShape = z
  .object({
    id: uuid.meta({ description: "The id of the sighting.", example: "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10" }),
    indicator_id: uuid.meta({ description: "The id of the type and value, as everywhere.", example: exampleIocId }),
    ...valueFields,
    seen_at: timeOf("When it was seen."),
    place: z.string().nullable().meta({ description: "Where; null where it was not said.", example: "Proxy Vienna" }),
    count: countOf("How often.", 12),
    comment: z.string().nullable().meta({ description: "What is worth reading beside it.", example: "Blocked" }),
    created_at: timeOf("When it was reported."),
    created_by: by,
  })
  .meta({ id: "Sighting", description: "That a workspace saw a value." });
export type SightingView = z.infer<typeof sightingShape>;

export const pageMeta = z
  .object({
    ...metaFields,
    total: countOf("Entries that match, on all pages; no more than 10000 are counted.", 12),
    total_exact: totalExact,
    limit: countOf("The limit in effect.", 100),
    next_cursor: nextCursor,
  })
  .meta({ id: "ReportPage", description: "About the page." });

export const sightingListShape = z
  .object({
    data: z.array(sightingShape).meta({ description: "The sightings, the latest first." }),
    meta: pageMeta,
  })
  .meta({ id: "SightingList", description: "A page of the workspace's sightings." });
export type SightingList = z.infer<typeof sightingListShape>;

export const outcomes = ["created", "updated", "unchanged", "refused"] as const;
export type Outcome = (typeof outcomes)[number];
export type Counts = Record<Outcome, number>;

export const rowErrorShape = z
  .object({
    code: errorCodeField,
    fields: z
      .array(
        z
          .object({
            field: z.string().meta({ description: "The field.", example: "value" }),
            problem: z.string().meta({ description: "What is wrong with it.", example: "is no indicator" }),
            allowed: z.string().meta({ description: "What is allowed there.", example: "an IP address, a domain, …" }),
          })
          .meta({ description: "What is wrong with one field." }),
      )
      .meta({ description: "What is wrong, field by field." }),
  })
  .meta({ id: "SightingError", description: "Why a sighting was refused." });
export type RowError = z.infer<typeof rowErrorShape>;

export const addedSightingsShape = z
  .object({
    meta: z
      .object({
        ...metaFields,
        total: countOf("Sightings that were sent.", 1),
        created: countOf("Sightings that are new.", 1),
        updated: countOf("Sightings that say something else than before.", 0),
        unchanged: countOf("Sightings that were stored so already.", 0),
        refused: countOf("Sightings that were refused.", 0),
      })
      .meta({ description: "About the answer." }),
    data: z
      .array(
        z
          .object({
            index: z.int().meta({ description: "Its place in the request, from 0.", example: 0 }),
            outcome: z.enum(outcomes).meta({ description: "What became of it.", example: "created" }),
            indicator_id: uuid.nullable().meta({
              description: "The id of the type and value; null where it was refused.",
              example: exampleIocId,
            }),
            value: z
              .string()
              .nullable()
              .meta({ description: "The value, normalised; null where it was refused.", example: "malware.example" }),
            error: rowErrorShape
              .nullable()
              .meta({ description: "Why it was refused; null where it was not.", example: null }),
          })
          .meta({ id: "SightingResult", description: "What became of one sighting." }),
      )
      .meta({ description: "One result for each sighting, in their order." }),
  })
  .meta({ id: "AddedSightings", description: "What became of each sighting." });
export type AddedSightings = z.infer<typeof addedSightingsShape>;
export type SightingResult = AddedSightings["data"][number];

/** What is not there any more was asked to go: to ask twice is to ask once. */
export const removedShape = z
  .object({
    success: z.literal(true).meta({ description: "It is gone." }),
    removed: z.boolean().meta({
      description: "Whether this request took it away; false where the workspace has none of this id.",
      example: true,
    }),
  })
  .meta({ id: "Removed", description: "What was asked to go is gone." });
export type Removed = z.infer<typeof removedShape>;
