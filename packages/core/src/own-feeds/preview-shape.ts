import { z } from "zod";
import { confidences, iocTypes } from "../values";

/** Rows of a body that a look at it shows. */
export const previewRows = 20;

const time = z.iso.datetime().nullable();

/** One record of the first part of a body: what would be kept of it, or why nothing would. */
export const previewRowShape = z.object({
  line: z.int(),
  text: z.string().meta({ description: "Its first 200 characters." }),
  values: z.array(z.object({ type: z.enum(iocTypes), value: z.string() })),
  problem: z.string().nullable(),
  first_seen: time,
  last_seen: time,
  tags: z.array(z.string()),
  malware_family: z.string().nullable(),
  threat_type: z.string().nullable(),
  confidence: z.enum(confidences).nullable(),
  reference_url: z.string().nullable(),
  context: z.string().nullable(),
});
export type PreviewRow = z.infer<typeof previewRowShape>;

/** What the first part of a body looks like under a mapping. */
export const previewShape = z.object({
  data: z.object({
    /** Why nothing could be read at all: the server, the body, or the mapping. */
    problem: z.string().nullable(),
    rows: z.array(previewRowShape),
    good: z.int().meta({ description: "Records of the part that was read from which something would be kept." }),
    bad: z.int(),
    whole: z.boolean().meta({ description: "Whether that part is all of the body." }),
    bytes: z.int(),
    raw: z.array(z.string()).meta({ description: "The first lines as they stand there." }),
    columns: z.array(z.string()).meta({ description: "What may be mapped: a table's columns, a record's members." }),
    paths: z.array(z.string()).meta({ description: "JSON: where in the document lists of records are." }),
  }),
});
export type FeedPreview = z.infer<typeof previewShape>;
