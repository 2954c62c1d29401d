import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import {
  categories,
  commaList,
  confidences,
  industries,
  industryOf,
  iocTypes,
  isoTime,
  queryBoolean,
  queryTime,
  tlps,
} from "../values";
import type { IocRecord } from "./record";

/** Most results that one request may name, whatever the plan. */
export const maxLimit = 10_000;
export const defaultLimit = 100;

export const listFormats = ["json", "csv", "txt", "ndjson"] as const;
export type ListFormat = (typeof listFormats)[number];

const time = (description: string) => z.iso.datetime().meta({ description, example: "2026-11-21T09:30:00.000Z" });

const industry = z
  .string()
  .max(100)
  .meta({
    description: "Targeted sector: a CISA sector as a slug, or a common synonym.",
    example: "financial-services",
  })
  .transform((text, ctx) => {
    if (text.trim().toLowerCase() === "all") return undefined;
    const found = industryOf(text);
    if (found !== null) return found;
    const params = { allowed: industries.join(", ") };
    ctx.issues.push({ code: "custom", message: "is not one of the allowed values", params, input: text });
    return z.NEVER;
  });

const limit = z.preprocess(
  (value) => (typeof value === "string" && /^[0-9]{1,15}$/.test(value) ? Number(value) : value),
  z.union([z.int().min(1).max(maxLimit), z.literal("all")]),
);

/** The filters that lists and exports share, as a query string holds them. */
export const iocFilterFields = {
  type: commaList(iocTypes, {
    aliases: { "mitre-attack": "mitre_attack" },
    description: "Indicator types, one or several with commas between them.",
  }).optional(),
  category: commaList(categories, { description: "Categories of the reporting sources." }).optional(),
  confidence: commaList(confidences, {
    description: "Confidences, one or several with commas between them.",
  }).optional(),
  industry: industry.optional(),
  since: queryTime({
    description:
      "Only records added or changed here at or after this time; older than the plan's lookback is clamped to it.",
  }).optional(),
  until: queryTime({ description: "Only records added or changed here at or before this time." }).optional(),
  source: plainText({ min: 1, max: 100 })
    .meta({ description: "Id or name of a feed that reported the indicator.", example: "urlhaus" })
    .optional(),
  tag: plainText({ min: 1, max: 100 })
    .meta({ description: "A tag, exactly as written.", example: "emotet" })
    .optional(),
  min_risk: queryInteger(0, 100).meta({ description: "Least risk score.", example: 70 }).optional(),
  include_false_positives: queryBoolean()
    .default(false)
    .meta({ description: "Also what is on a warninglist and most probably harmless.", example: false }),
  limit: limit.default(defaultLimit).meta({
    description: `Most records to answer, 1 to ${maxLimit}; more than the plan allows is clamped to it. \`all\` where the plan has no maximum.`,
    example: defaultLimit,
  }),
};

/** GET /api/v1/iocs */
export const listIocsInput = z
  .object({
    ...iocFilterFields,
    offset: queryInteger(0, 10_000_000)
      .default(0)
      .meta({ description: "Records to skip. Prefer `cursor`.", example: 0 }),
    cursor: z.string().min(1).max(200).meta({ description: "`meta.next_cursor` of the page before." }).optional(),
    format: z.enum(listFormats).default("json").meta({ description: "Format of the answer.", example: "json" }),
  })
  .prefault({});
export type ListIocsInput = z.output<typeof listIocsInput>;

/** GET /api/v1/iocs/search */
export const searchIocsInput = z.object({
  q: plainText({ min: 2, max: 16_384 }).meta({
    description:
      "A value in any spelling, defanged or not; from 3 characters on, similar values are found when there is no exact one.",
    example: "hxxps://login.example[.]com/",
  }),
  include_related: queryBoolean().default(true).meta({ description: "Also answer related indicators.", example: true }),
});
export type SearchIocsInput = z.output<typeof searchIocsInput>;

export const iocSourceShape = z.object({
  article_id: z.string().meta({ description: "Article that named the indicator." }).optional(),
  article_title: z.string().optional(),
  article_url: z.string().optional(),
  reference_url: z
    .string()
    .meta({ description: "Where the source explains itself.", example: "https://feed.example/1" })
    .optional(),
  feed_name: z.string().meta({ description: "Name of the first source.", example: "Example feed" }),
  category: z.enum(categories).meta({ description: "Category of the source.", example: "threat-feed" }),
  origin: z.enum(["article", "feed"]).meta({ description: "What the source is.", example: "feed" }),
});

export const iocShape = z.object({
  id: z.uuid().meta({
    description: "The same for ever for one type and value.",
    example: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11",
  }),
  type: z.enum(iocTypes).meta({ description: "What the value is.", example: "domain" }),
  value: z.string().meta({ description: "The indicator, normalised and not defanged.", example: "login.example" }),
  confidence: z.enum(confidences).meta({
    description: "From the surest source's own word, the best one's reputation and corroboration.",
    example: "high",
  }),
  first_seen: time("When a source first saw it."),
  last_seen: time("When a source last saw it."),
  updated_at: time("When the record was added or last changed here."),
  source: iocSourceShape,
  sources_count: z.int().meta({ description: "How many sources report it.", example: 3 }),
  context: z.string().meta({ description: "What the source notes beside the value.", example: "port 4444" }).optional(),
  tags: z.array(z.string()).meta({ description: "Tags of all sources.", example: ["emotet"] }),
  mitre_techniques: z.array(z.string()).meta({ description: "ATT&CK technique ids.", example: ["T1566.002"] }),
  tlp: z.enum(tlps).meta({ description: "TLP 2.0 label, the most restrictive of all sources'.", example: "clear" }),
  risk_score: z
    .int()
    .min(0)
    .max(100)
    .meta({ description: "Risk from 0 to 100; it falls in steps with time.", example: 77 }),
  valid_until: time("Until when a source stands for the indicator; absent where none names an end.").optional(),
  withdrawn_at: time(
    "Since when no source stands for it any more; absent while one does, as in every list.",
  ).optional(),
  warnings: z
    .array(z.string())
    .meta({ description: "Warninglists that make it a probable false positive.", example: [] }),
});
export type Ioc = z.infer<typeof iocShape>;

const echoed = z.string().meta({ description: "The filter in effect, or `all`.", example: "all" });

export const iocFiltersShape = z.object({
  type: echoed,
  category: echoed,
  confidence: echoed,
  industry: echoed,
  since: echoed,
  until: echoed,
  source: echoed,
  tag: echoed,
  min_risk: z
    .union([z.int(), z.literal("all")])
    .meta({ description: "The filter in effect, or `all`.", example: "all" }),
  include_false_positives: z
    .boolean()
    .meta({ description: "Whether indicators on a warninglist are among the answer's.", example: false }),
});
export type EchoedFilters = z.infer<typeof iocFiltersShape>;

const metaFields = {
  generated_at: time("When this answer was made."),
  feed_version: z.literal("1.0"),
  source: z.string().meta({ description: "Name of this instance.", example: "Tocsin" }),
};

export const iocListShape = z.object({
  meta: z.object({
    ...metaFields,
    total: z.int().meta({ description: "Records that match; exact up to 100,000, estimated beyond.", example: 1 }),
    total_exact: z.boolean().meta({ description: "Whether `total` was counted rather than estimated.", example: true }),
    limit: z.union([z.int(), z.literal("all")]).meta({ description: "The limit in effect.", example: defaultLimit }),
    offset: z.int().meta({ example: 0 }),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: "`cursor` of the next page; null on the last.", example: null }),
    filters: iocFiltersShape,
  }),
  data: z.array(iocShape),
  links: z.object({
    self: z.string().meta({ description: "This page, absolute." }),
    next: z.string().meta({ description: "The next page, absolute; absent on the last." }).optional(),
  }),
});
export type IocList = z.infer<typeof iocListShape>;

export const iocSearchShape = z.object({
  meta: z.object(metaFields),
  data: z.object({
    found: z.boolean(),
    query: z.string().meta({ description: "What was searched for, as it was asked." }),
    matches: z
      .array(iocShape)
      .meta({ description: "The exact match and the networks that contain it, or similar values." }),
    relatedIOCs: z.array(iocShape).meta({ description: "Of the same feed and campaign; at most 10." }),
    meta: z.object({
      total_matches: z.int(),
      related_count: z.int(),
      search_time_ms: z.number().meta({ description: "Milliseconds.", example: 3 }),
    }),
  }),
});
export type IocSearch = z.infer<typeof iocSearchShape>;

/** The wire shape of a record. */
export function toIoc(record: IocRecord): Ioc {
  return {
    id: record.id,
    type: record.type,
    value: record.value,
    confidence: record.confidence,
    first_seen: isoTime(record.firstSeen),
    last_seen: isoTime(record.lastSeen),
    updated_at: isoTime(record.updatedAt),
    source: {
      ...(record.article === null
        ? {}
        : { article_id: record.article.id, article_title: record.article.title, article_url: record.article.url }),
      ...(record.referenceUrl === null ? {} : { reference_url: record.referenceUrl }),
      feed_name: record.feedName,
      category: record.category,
      origin: record.article === null ? "feed" : "article",
    },
    sources_count: record.sourcesCount,
    ...(record.context === null ? {} : { context: record.context }),
    tags: [...record.tags],
    mitre_techniques: [...record.mitreTechniques],
    tlp: record.tlp,
    risk_score: record.riskScore,
    ...(record.validUntil === null ? {} : { valid_until: isoTime(record.validUntil) }),
    ...(record.withdrawnAt === null ? {} : { withdrawn_at: isoTime(record.withdrawnAt) }),
    warnings: [...record.warnings],
  };
}
