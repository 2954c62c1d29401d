import { z } from "zod";
import { plainText } from "../errors";
import { iocTypes } from "../values";

export const ownFeedFormats = ["plain", "csv", "json", "ndjson", "hosts", "rpz", "stix", "misp", "taxii"] as const;
export type OwnFeedFormat = (typeof ownFeedFormats)[number];

export const separators = [",", ";", "\t", "|", " "] as const;
export const csvHeaders = ["row", "comment", "none"] as const;
export const commentMarks = ["#", ";", "//"] as const;

/** What a column or a member may hold; `value` is what every record needs. */
export const mappedFields = [
  "value",
  "type",
  "first_seen",
  "last_seen",
  "tags",
  "malware_family",
  "threat_type",
  "confidence",
  "reference_url",
  "context",
] as const;
export type MappedField = (typeof mappedFields)[number];

const place = plainText({ min: 1, max: 200 }).optional();
const step = "[^.\\s]{1,100}";

/** Where in a body the records are, and where in a record what is taken of it. */
export const mappingShape = z
  .strictObject({
    value_type: z.enum(["auto", ...iocTypes]).default("auto"),
    comment: z.enum(commentMarks).default("#"),
    separator: z.enum(separators).default(","),
    header: z.enum(csvHeaders).default("row"),
    path: z
      .string()
      .max(500)
      .regex(new RegExp(`^(?:${step}(?:\\.${step})*)?$`), {
        error: "is not a path of names with dots between",
      })
      .default("")
      .meta({
        description:
          "Names of members with dots between; empty for the whole document, `*` at its end for each member.",
      }),
    fields: z
      .strictObject({
        value: place,
        type: place,
        first_seen: place,
        last_seen: place,
        tags: place,
        malware_family: place,
        threat_type: place,
        confidence: place,
        reference_url: place,
        context: place,
      })
      .default({})
      .meta({ description: "A column's name or number, or the path of a member; `$key` is the record's own name." }),
    collection: plainText({ max: 200 })
      .default("")
      .meta({ description: "TAXII: the id or the alias of a collection." }),
  })
  .prefault({});
export type FeedMapping = z.output<typeof mappingShape>;

/** What is missing from a mapping of this format, as a field and what is wrong with it; null where nothing is. */
export function mappingProblem(format: OwnFeedFormat, mapping: FeedMapping): { field: string; problem: string } | null {
  const tabular = format === "csv" || format === "json" || format === "ndjson";
  if (tabular && mapping.fields.value === undefined) {
    return { field: "mapping.fields.value", problem: "is required: where a record's value stands" };
  }
  if (format !== "csv" || mapping.header !== "none") return null;
  const wrong = mappedFields.find((field) => !/^(?:[1-9][0-9]{0,2})?$/.test(mapping.fields[field] ?? ""));
  return wrong === undefined
    ? null
    : {
        field: `mapping.fields.${wrong}`,
        problem: "is no column's number; without a header columns go by numbers from 1",
      };
}
