import { z } from "zod";
import { exampleIocId } from "./ioc-fields";

const exampleTime = "2026-11-21T09:30:00.000Z";

/** A time on the wire. */
export const timestamp = z.iso
  .datetime()
  .meta({ id: "Timestamp", description: "A time in UTC: ISO 8601, with `Z`.", example: exampleTime });

/** A time on the wire, with what it is the time of. */
export const timeOf = (description: string) => timestamp.meta({ description, example: exampleTime });

/** A time on the wire that may be null; the description says what null means. The example is a time unless it is given. */
export const timeOrNull = (description: string, example: string | null = exampleTime) =>
  timestamp.nullable().meta({ description, example });

/** A UTC day on the wire. */
export const utcDay = z.iso
  .date()
  .meta({ id: "UtcDay", description: "A day in UTC: `YYYY-MM-DD`.", example: "2026-11-21" });

/** The id of a record on the wire. */
export const uuid = z
  .uuid()
  .meta({ id: "Uuid", description: "A UUID.", example: "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10" });

/** Where an answer comes from: what every answer of a data endpoint begins with. */
export const metaFields = {
  generated_at: timeOf("When this answer was made, in UTC."),
  feed_version: z.literal("1.0").meta({ description: "The version of the envelope." }),
  source: z.string().meta({ description: "The name of this instance.", example: "Tocsin" }),
};

export const answerMetaShape = z.object(metaFields).meta({ id: "AnswerMeta", description: "About the answer." });

/** In an answer: how to ask for the next page. */
export const nextCursor = z.string().nullable().meta({
  description: "What `cursor` asks for the next page with; null on the last page.",
  example: null,
});

/** In a request: the page after one whose records go by time. */
export const timeCursor = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .meta({
    description: "`meta.next_cursor` of the page before.",
    example: `1795262400000.${exampleIocId}`,
    parameter: "TimeCursor",
  });

/** A count that the description says of what. */
export const countOf = (description: string, example: number) => z.int().meta({ description, example });

/** Beside a `total` that was counted up to a limit. */
export const totalExact = z.boolean().meta({
  description: "Whether `total` is exact (true), or there are more than it says (false).",
  example: true,
});

/** Of an id in a request, in characters: as many as a part of a path may have. */
export const longestId = 500;

export const exampleKeyId = "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10";

/** The key that a request is about. Not checked as a UUID: an id that cannot exist is answered like one that does not. */
export const keyId = z
  .string()
  .max(longestId)
  .meta({ format: "uuid", description: "The id of the key, a UUID.", example: exampleKeyId, parameter: "KeyId" });
