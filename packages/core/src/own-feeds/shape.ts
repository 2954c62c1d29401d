import { z } from "zod";
import { plainText } from "../errors";
import { daySeconds, hourSeconds } from "../lib";
import { categories, confidences, tlps } from "../values";
import { mappingProblem, mappingShape, ownFeedFormats } from "./mapping";

export * from "./mapping";
export * from "./preview-shape";

export const redistributions = ["yes", "no", "unclear"] as const;
export const ownFeedAuths = ["none", "header", "basic", "bearer", "url"] as const;
export type OwnFeedAuth = (typeof ownFeedAuths)[number];

/** Seconds between two pulls: an hour is usual, five minutes the least. */
export const intervalBounds = { least: 300, most: 30 * daySeconds } as const;

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
/** Headers of our own and of the connection: a feed does not set them. */
const ownHeaders = /^(?:host|connection|content-length|transfer-encoding|accept-encoding|upgrade|te|trailer|if-.*)$/i;

const credentials = z.strictObject({
  kind: z.enum(ownFeedAuths).default("none").meta({
    description:
      "`header`: the secret is a header's value; `basic`: user and password; `bearer`: a token; `url`: it takes the place of `{key}` in the URL.",
  }),
  name: plainText({ max: 200 }).default("").meta({ description: "The header's name, or the user's." }),
  secret: z
    .string()
    .max(4_000)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: "holds a control character" })
    .default("")
    .meta({ description: "Never answered back. Empty keeps the one that is stored." }),
});
export type Credentials = z.output<typeof credentials>;

/** Where a feed is and how it is read: what a preview needs. */
const source = {
  url: plainText({ min: 1, max: 2_000 }),
  format: z.enum(ownFeedFormats),
  mapping: mappingShape,
  auth: credentials.prefault({}),
};

const about = {
  name: plainText({ min: 1, max: 100 }),
  category: z.enum(categories).default("threat-feed"),
  confidence: z.enum(confidences).default("medium"),
  // Red is for named recipients, and every workspace of the instance reads every feed.
  tlp: z.enum(tlps).exclude(["red"]).default("amber"),
  licence: z
    .strictObject({
      name: plainText({ max: 200 }).default("not stated"),
      url: z
        .url({ protocol: /^https?$/ })
        .max(2_000)
        .nullable()
        .default(null),
      redistribution: z.enum(redistributions).default("no"),
    })
    .prefault({}),
  interval_seconds: z.int().min(intervalBounds.least).max(intervalBounds.most).default(hourSeconds),
  lifetime_days: z.int().min(1).max(3_650).nullable().default(null),
};

type Checked = { value: Parsed; issues: z.core.$ZodRawIssue[] };
type Parsed = { format: (typeof ownFeedFormats)[number]; mapping: z.output<typeof mappingShape>; auth: Credentials };

function checkSource({ value, issues }: Checked): void {
  const refuse = (field: string, message: string) =>
    issues.push({ code: "custom", path: field.split("."), message, input: value });
  const problem = mappingProblem(value.format, value.mapping);
  if (problem) refuse(problem.field, problem.problem);
  const { kind, name } = value.auth;
  if (kind === "header" && (!headerName.test(name) || ownHeaders.test(name))) {
    refuse("auth.name", "is not the name of a header that a feed may set");
  }
  if (kind === "url" && value.format === "taxii") {
    refuse("auth.kind", "is none that TAXII has: its addresses are made by the server");
  }
  if (kind === "basic" && (name === "" || name.includes(":"))) refuse("auth.name", "is required, without a colon");
}

const slug = /^own-[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/;
const ownFeedId = z.string().regex(slug, { error: "is not the id of a feed that was added here" });

export const addOwnFeedInput = z.strictObject({ ...source, ...about }).check(checkSource);
export type AddOwnFeedInput = z.output<typeof addOwnFeedInput>;
export const changeOwnFeedInput = z.strictObject({ id: ownFeedId, ...source, ...about }).check(checkSource);
export type ChangeOwnFeedInput = z.output<typeof changeOwnFeedInput>;
/** With `id` the credentials of that feed stand in for those that are not given. */
export const previewFeedInput = z.strictObject({ id: ownFeedId.optional(), ...source }).check(checkSource);
export type PreviewFeedInput = z.output<typeof previewFeedInput>;
export const ownFeedIdInput = z.strictObject({ id: ownFeedId });
export type OwnFeedIdInput = z.output<typeof ownFeedIdInput>;

const time = z.iso.datetime();

/** A feed that an operator added, without its secret. */
export const ownFeedShape = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  format: z.enum(ownFeedFormats),
  mapping: mappingShape,
  auth: z.object({ kind: z.enum(ownFeedAuths), name: z.string(), stored: z.boolean() }),
  category: z.enum(categories),
  confidence: z.enum(confidences),
  tlp: z.enum(tlps),
  licence: z.object({ name: z.string(), url: z.string().nullable(), redistribution: z.enum(redistributions) }),
  interval_seconds: z.int(),
  lifetime_days: z.int().nullable(),
  created_at: time,
  created_by: z.string(),
  updated_at: time,
});
export type OwnFeedView = z.infer<typeof ownFeedShape>;
export const ownFeedAnswerShape = z.object({ data: ownFeedShape });
export type OwnFeedAnswer = z.infer<typeof ownFeedAnswerShape>;

/** `values` is how many IOCs name it still; they stay until their lifetime is over. */
export const removedFeedShape = z.object({ data: z.object({ id: z.string(), values: z.int() }) });
export type RemovedFeed = z.infer<typeof removedFeedShape>;
