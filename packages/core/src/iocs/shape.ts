import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import {
  answerMetaShape,
  categories,
  categoryShape,
  commaList,
  confidenceShape,
  confidences,
  countOf,
  exampleIocId,
  industries,
  industryOf,
  iocTypeAliases,
  iocTypeShape,
  iocTypes,
  isoTime,
  metaFields,
  nextCursor,
  queryBoolean,
  queryTime,
  riskScore,
  timeOf,
  tlpShape,
  uuid,
} from "../values";
import type { IocRecord } from "./record";
import { riskLevels } from "./risk-formula";

/** Most results that one request may name, whatever the tier. */
export const maxLimit = 10_000;
export const defaultLimit = 100;
/** What is skipped is read all the same: more is left to the cursor, which skips nothing. */
export const maxOffset = 10_000;

export const listFormats = ["json", "csv", "txt", "ndjson"] as const;
export type ListFormat = (typeof listFormats)[number];

/** The place of the example in a list. */
export const examplePosition = { updatedAt: new Date("2026-11-21T09:30:00.000Z"), id: exampleIocId };

const industry = z
  .string()
  .max(100)
  .meta({
    description:
      "Only indicators that target this sector: one of CISA's sectors as a slug, or a common synonym such as `finance`. `all` means no filter.",
    example: "financial-services",
    parameter: "IOCIndustry",
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

export const riskLevelShape = z
  .enum(riskLevels.map(({ level }) => level))
  .meta({ id: "RiskLevel", description: "A risk score in one word.", example: "high" });

/** The filters that lists and exports share, as a query string holds them. */
export const iocFilterFields = {
  type: commaList(iocTypes, {
    aliases: iocTypeAliases,
    description: "Only indicators of these types, one or several with commas between them.",
    parameter: "IOCTypes",
  }).optional(),
  category: commaList(categories, {
    description: "Only indicators with a source of these categories, one or several with commas between them.",
    parameter: "IOCCategories",
  }).optional(),
  confidence: commaList(confidences, {
    description: "Only indicators of these confidences, one or several with commas between them.",
    parameter: "IOCConfidences",
  }).optional(),
  industry: industry.optional(),
  since: queryTime({
    description:
      "Only indicators added or changed here at or after this time. A time before the tier's lookback is moved up to it; `meta.filters.since` of the list says which applies.",
    parameter: "IOCSince",
  }).optional(),
  until: queryTime({
    description: "Only indicators added or changed here at or before this time.",
    parameter: "IOCUntil",
  }).optional(),
  source: plainText({ min: 1, max: 100 })
    .meta({
      description: "Only indicators that this feed reported, by its id or name; 1 to 100 characters.",
      example: "urlhaus",
      parameter: "IOCSource",
    })
    .optional(),
  tag: plainText({ min: 1, max: 100 })
    .meta({
      description: "Only indicators with this tag, exactly as written; 1 to 100 characters.",
      example: "emotet",
      parameter: "IOCTag",
    })
    .optional(),
  min_risk: queryInteger(0, 100)
    .meta({
      description: "Only indicators with this risk score or a higher one, 0 to 100.",
      example: 70,
      parameter: "IOCMinRisk",
    })
    .optional(),
  include_false_positives: queryBoolean().default(false).meta({
    description: "Whether to answer also what is on a warninglist and most probably harmless.",
    example: false,
    parameter: "IOCIncludeFalsePositives",
  }),
  limit: limit.default(defaultLimit).meta({
    description: `Most indicators to answer, 1 to ${maxLimit}; more than the tier allows is lowered to that. \`all\` where the tier has no maximum.`,
    example: defaultLimit,
    parameter: "IOCLimit",
  }),
};

/** GET /api/v1/iocs */
export const listIocsInput = z
  .object({
    ...iocFilterFields,
    offset: queryInteger(0, Number.MAX_SAFE_INTEGER)
      .refine((offset) => offset <= maxOffset, {
        error: "is too large",
        params: { allowed: `0 to ${maxOffset}; further on by cursor: meta.next_cursor of the page before` },
      })
      .default(0)
      .meta({
        description: `How many indicators to skip, 0 to ${maxOffset}; all of them are read. \`cursor\` goes on to the end, and skips nothing.`,
        example: 0,
        maximum: maxOffset,
      }),
    cursor: z
      .string()
      .min(1)
      .max(200)
      .meta({
        description:
          "`meta.next_cursor` of the page before, or its `X-Next-Cursor`. It goes with the same filters; `offset` then counts for nothing.",
        // After `examplePosition` in the list without filters.
        example: "AQGh_XDxwG8djRpYpF0_nJsPTw98KhF04iGn0h2jsQ",
        parameter: "IOCCursor",
      })
      .optional(),
    format: z
      .enum(listFormats)
      .default("json")
      .meta({ description: "The format of the answer; anything but `json` is a file.", example: "json" }),
  })
  .prefault({});
export type ListIocsInput = z.output<typeof listIocsInput>;

/** GET /api/v1/iocs/search */
export const searchIocsInput = z.object({
  q: plainText({ min: 2, max: 16_384 }).meta({
    description:
      "The value to find, in any spelling, defanged or not; 2 to 16384 characters. From 3 characters on, where there is no exact match, values that contain it are found, or else similar ones.",
    example: "hxxps://login.example[.]com/",
  }),
  include_related: queryBoolean().default(true).meta({
    description: "Whether to answer also indicators of the same feed and campaign.",
    example: true,
  }),
});
export type SearchIocsInput = z.output<typeof searchIocsInput>;

export const iocSourceShape = z
  .object({
    article_id: z
      .string()
      .meta({
        description: "The id of the article that named it; absent where the source is a feed.",
        example: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10",
      })
      .optional(),
    article_title: z
      .string()
      .meta({ description: "The title of that article; absent where the source is a feed.", example: "A new wiper" })
      .optional(),
    article_url: z
      .string()
      .meta({
        description: "The address of that article; absent where the source is a feed.",
        example: "https://news.example/wiper",
      })
      .optional(),
    reference_url: z
      .string()
      .meta({
        description: "Where the source explains its report; absent where it does not.",
        example: "https://feed.example/1",
      })
      .optional(),
    feed_name: z
      .string()
      .meta({ description: "The name of the feed that reported it first.", example: "Example feed" }),
    category: categoryShape.meta({ description: "The category of that feed." }),
    origin: z
      .enum(["article", "feed"])
      .meta({ description: "Whether an article named it or a feed of indicators listed it.", example: "feed" }),
  })
  .meta({ id: "IOCSource", description: "The source that reported an indicator first." });

export const iocShape = z
  .object({
    id: uuid.meta({
      description: "The id of the indicator; the same for ever for one type and value.",
      example: exampleIocId,
    }),
    type: iocTypeShape.meta({ description: "What the value is." }),
    value: z.string().meta({ description: "The indicator, normalised and not defanged.", example: "login.example" }),
    confidence: confidenceShape.meta({
      description:
        "How sure the sources are: from the surest one's own word, the reputation of the best one, and how many there are.",
    }),
    first_seen: timeOf("When a source first saw it."),
    last_seen: timeOf("When a source last saw it."),
    updated_at: timeOf("When the indicator was added or last changed here; `since` and `until` go by it."),
    source: iocSourceShape,
    sources_count: countOf("How many sources report it.", 3),
    context: z
      .string()
      .meta({
        description: "What the source notes beside the value; absent where it notes nothing.",
        example: "port 4444",
      })
      .optional(),
    tags: z.array(z.string()).meta({ description: "The tags that its sources give it.", example: ["emotet"] }),
    mitre_techniques: z
      .array(z.string())
      .meta({ description: "The ATT&CK ids that its sources give it.", example: ["T1566.002"] }),
    tlp: tlpShape.meta({ description: "The TLP 2.0 label: the most restrictive one of its sources." }),
    risk_score: riskScore,
    valid_until: timeOf("Until when a source stands for it; absent where none names an end.").optional(),
    withdrawn_at: timeOf(
      "Since when no source stands for it any more; absent while one does, as in every list.",
    ).optional(),
    warnings: z.array(z.string()).meta({
      description: "The names of the warninglists that make it a probable false positive.",
      example: [],
    }),
  })
  .meta({ id: "IOC", description: "An indicator of compromise." });
export type Ioc = z.infer<typeof iocShape>;

const echoed = (name: string) =>
  z.string().meta({ description: `The \`${name}\` that applied; \`all\` where there was none.`, example: "all" });

export const iocFiltersShape = z
  .object({
    type: echoed("type"),
    category: echoed("category"),
    confidence: echoed("confidence"),
    industry: echoed("industry"),
    since: z.string().meta({
      description: "The `since` that applied, after the tier's lookback; `all` where there was none.",
      example: "2026-11-20T09:30:00.000Z",
    }),
    until: echoed("until"),
    source: echoed("source"),
    tag: echoed("tag"),
    min_risk: z
      .union([z.int(), z.literal("all")])
      .meta({ description: "The `min_risk` that applied; `all` where there was none.", example: "all" }),
    include_false_positives: z
      .boolean()
      .meta({ description: "Whether indicators on a warninglist are in the answer.", example: false }),
  })
  .meta({ id: "IOCFilters", description: "The filters that applied." });
export type EchoedFilters = z.infer<typeof iocFiltersShape>;

export const iocListShape = z
  .object({
    meta: z
      .object({
        ...metaFields,
        total: countOf(
          "Indicators that match, on all pages: exact without filters and up to 10000, estimated beyond.",
          1,
        ),
        total_exact: z
          .boolean()
          .meta({ description: "Whether `total` was counted (true) or estimated (false).", example: true }),
        limit: z
          .union([z.int(), z.literal("all")])
          .meta({ description: "The limit in effect; `all` where there is none.", example: defaultLimit }),
        offset: countOf("How many indicators were skipped.", 0),
        next_cursor: nextCursor,
        filters: iocFiltersShape,
      })
      .meta({ description: "About the page." }),
    data: z.array(iocShape).meta({ description: "The indicators, those that changed last first." }),
    links: z
      .object({
        self: z.string().meta({
          description: "The address of this page.",
          example: "https://tocsin.example/api/v1/iocs?limit=100",
        }),
        next: z
          .string()
          .meta({
            description: "The address of the next page; absent on the last page.",
            example: "https://tocsin.example/api/v1/iocs?limit=100&cursor=AQGh_XDxwG8djRpYpF0_nJsPTw98KhF04iGn0h2jsQ",
          })
          .optional(),
      })
      .meta({ description: "Addresses of pages, absolute." }),
  })
  .meta({ id: "IOCList", description: "A page of indicators." });
export type IocList = z.infer<typeof iocListShape>;

export const iocSearchShape = z
  .object({
    meta: answerMetaShape,
    data: z
      .object({
        found: z.boolean().meta({ description: "Whether anything was found.", example: true }),
        query: z
          .string()
          .meta({ description: "What was searched for, as it was asked.", example: "hxxps://login.example[.]com/" }),
        matches: z.array(iocShape).meta({
          description: "The exact match and the networks that contain it; where there is none, similar values.",
        }),
        relatedIOCs: z.array(iocShape).meta({ description: "Indicators of the same feed and campaign, at most 10." }),
        meta: z
          .object({
            total_matches: countOf("How many `matches` there are.", 1),
            related_count: countOf("How many `relatedIOCs` there are.", 1),
            search_time_ms: z.number().meta({ description: "How long the search took, in milliseconds.", example: 3 }),
          })
          .meta({ description: "About the search." }),
      })
      .meta({ description: "What was found." }),
  })
  .meta({ id: "IOCSearch", description: "What a search found." });
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
