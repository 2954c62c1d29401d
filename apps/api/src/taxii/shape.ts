// TAXII 2.1 sections 4 (server information) and 5 (collections): the resources, as `resources` makes them.
import { errorCodeField, requestIdField } from "@tocsin/core/errors";
import { stixObjectShape } from "@tocsin/formats";
import { z } from "zod";
import { stixType, taxiiType } from "./media-type";

const apiRootExample = "https://tocsin.example/api/taxii2/api/";
const objectId = z.string().meta({
  description: "The STIX id of the object.",
  example: "indicator--6f1d8d1a-58a4-4d3f-9c9b-0f4f0f7c2a11",
});
/** Not checked: the standard's times have six digits of a second. */
const time = (description: string, example: string) => z.string().meta({ description, format: "date-time", example });
const version = time("When this version was made: its `modified`, or `created`.", "2026-11-21T09:30:00.000Z");

export const discoveryShape = z
  .object({
    title: z.string().meta({ description: "The name of this instance.", example: "Tocsin" }),
    description: z
      .string()
      .optional()
      .meta({ description: "What there is.", example: "Indicators of compromise as STIX 2.1." }),
    default: z
      .string()
      .optional()
      .meta({ description: "The address of the API root to use.", example: apiRootExample }),
    api_roots: z
      .array(z.string())
      .min(1)
      .optional()
      .meta({ description: "The addresses of all API roots; here there is one.", example: [apiRootExample] }),
  })
  .meta({ id: "TAXIIDiscovery", description: "Where the API roots are." });

export const apiRootShape = z
  .object({
    title: z.string().meta({ description: "The name of this instance.", example: "Tocsin" }),
    description: z
      .string()
      .optional()
      .meta({ description: "What there is.", example: "Indicators of compromise, read-only." }),
    versions: z
      .array(z.string())
      .min(1)
      .meta({ description: "Media types of TAXII that it speaks.", example: [taxiiType] }),
    max_content_length: z
      .number()
      .min(1)
      .meta({ description: "Bytes of a request's body at most.", type: "integer", example: 1_048_576 }),
  })
  .meta({ id: "TAXIIAPIRoot", description: "What an API root is called and speaks." });

export const collectionShape = z
  .object({
    id: z.string().meta({
      description: "The id of the collection; it never changes.",
      format: "uuid",
      example: "2a9cdf69-0d3f-5a6e-9b1e-6f3a3c1b7a01",
    }),
    title: z.string().meta({ description: "Its name, for people.", example: "All indicators" }),
    description: z
      .string()
      .optional()
      .meta({ description: "What it holds.", example: "Every indicator of the instance." }),
    alias: z
      .string()
      .optional()
      .meta({ description: "A name that the address takes in place of the id.", example: "all" }),
    can_read: z.boolean().meta({ description: "Always true.", example: true }),
    can_write: z.boolean().meta({ description: "Always false: collections are read-only.", example: false }),
    media_types: z
      .array(z.string())
      .min(1)
      .optional()
      .meta({ description: "Media types of its objects.", example: [stixType] }),
  })
  .meta({ id: "TAXIICollection", description: "A collection of objects." });

export const collectionsShape = z
  .object({ collections: z.array(collectionShape).min(1).optional().meta({ description: "All collections." }) })
  .meta({ id: "TAXIICollections", description: "The collections of the API root." });

const paged = {
  more: z.boolean().optional().meta({ description: "Whether objects follow on a next page.", example: false }),
  next: z.string().optional().meta({
    description: "What `next` asks for the page that follows; absent where there is none.",
    example: "q1w2e3",
  }),
};

export const manifestShape = z
  .object({
    ...paged,
    objects: z
      .array(
        z
          .object({
            id: objectId,
            date_added: time("When it was added to the collection, to the microsecond.", "2026-11-21T09:30:00.000001Z"),
            version,
            media_type: z.string().optional().meta({ description: "The media type of the object.", example: stixType }),
          })
          .meta({ id: "TAXIIManifestRecord", description: "An object of a collection, without what it says." }),
      )
      .min(1)
      .optional()
      .meta({ description: "In the order in which they were added; absent where there are none." }),
  })
  .meta({ id: "TAXIIManifest", description: "A page of a collection's manifest." });

export const envelopeShape = z
  .object({
    ...paged,
    objects: z
      .array(stixObjectShape)
      .min(1)
      .optional()
      .meta({ description: "In the order in which they were added; absent where there are none." }),
  })
  .meta({ id: "TAXIIEnvelope", description: "A page of a collection's objects." });

export const versionsShape = z
  .object({
    versions: z.array(version).min(1).optional().meta({ description: "Newest first; absent where there are none." }),
  })
  .meta({ id: "TAXIIVersions", description: "The versions of an object." });

export const taxiiErrorShape = z
  .object({
    title: z.string().meta({ description: "What went wrong, in few words.", example: "Bad Request" }),
    description: z.string().meta({
      description: "The same in a sentence, for people. It may change.",
      example: "A parameter is not valid.",
    }),
    error_id: requestIdField,
    error_code: errorCodeField,
    http_status: z.string().meta({ description: "The status of the answer, as text.", example: "400" }),
    details: z.looseObject({}).optional().meta({
      description: "What exactly was wrong; its fields depend on `error_code`. Absent where there is nothing to add.",
    }),
  })
  .meta({ id: "TAXIIError", description: "How every refusal of TAXII looks (section 3.6.1)." });
