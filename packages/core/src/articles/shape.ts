import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { severityLabels } from "../extraction";
import {
  answerMetaShape,
  categoryShape,
  commaList,
  confidenceShape,
  countOf,
  industries,
  industryOf,
  iocTypeShape,
  metaFields,
  nextCursor,
  normalise,
  queryBoolean,
  queryTime,
  riskScore,
  timeOf,
  totalExact,
  uuid,
} from "../values";
import { articleCategories, articleFields, articleTopics, expansions } from "./words";

export const articleFormats = ["json", "ndjson", "csv"] as const;
export type ArticleFormat = (typeof articleFormats)[number];

export const articleSorts = ["published:desc", "modified:desc", "severity:desc"] as const;
export type ArticleSort = (typeof articleSorts)[number];

/** Most articles that one request may name, whatever the tier. */
export const maxArticles = 10_000;
export const defaultArticles = 30;

export const exampleArticleId = "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10";

/** Distinct sectors of a comma list, each a slug or a synonym of it. */
const industryList = z
  .string()
  .max(500)
  .meta({
    description:
      "Only articles about these sectors: CISA's sectors as slugs, or common synonyms such as `finance`, one or several with commas between them. `all` means no filter.",
    example: "healthcare",
  })
  .transform((text, ctx): readonly string[] | undefined => {
    if (text.trim().toLowerCase() === "all") return undefined;
    const found = text.split(",").map(industryOf);
    const known = found.filter((industry) => industry !== null);
    if (known.length === found.length) return [...new Set(known)];
    const params = { allowed: `${industries.join(", ")} (one, or several with commas between them), or all` };
    ctx.issues.push({ code: "custom", message: "is not one of the allowed values", params, input: text });
    return z.NEVER;
  });

const technique = z
  .string()
  .max(30)
  .meta({
    description:
      "Only articles that name this ATT&CK technique, such as `T1059` or `T1059.001`; one that has sub-techniques stands for them too.",
    example: "T1059",
  })
  .transform((text, ctx) => {
    const found = normalise("mitre_attack", text);
    if (found.ok && /^T\d/.test(found.value)) return found.value;
    const params = { allowed: "an ATT&CK technique id such as T1059 or T1059.001" };
    ctx.issues.push({ code: "custom", message: "is not in the right format", params, input: text });
    return z.NEVER;
  });

const shownFields = {
  fields: commaList(articleFields, {
    description:
      "The fields to answer, one or several with commas between them; `id` always comes. Absent: all of them.",
    parameter: "ArticleFields",
  }).optional(),
  expand: commaList(expansions, {
    description: "What else to answer, one or several with commas between them; `threat_actors` are always there.",
    parameter: "ArticleExpand",
  }).optional(),
};

/** GET /api/v1/articles */
export const listArticlesInput = z
  .object({
    q: plainText({ min: 1, max: 300 })
      .meta({
        description:
          'Only articles with these words in title, names, summary or text, 1 to 300 characters; `"a phrase"`, `or` and `-without` as in a web search.',
        example: "ransomware -gang",
      })
      .optional(),
    category: commaList(articleCategories, {
      description: "Only articles about this, one or several with commas between them.",
    }).optional(),
    severity: commaList(severityLabels, {
      description: "Only articles of these severities, one or several with commas between them.",
    }).optional(),
    min_severity: z
      .preprocess(
        (value) => (typeof value === "string" && /^\d{1,2}(?:\.\d{1,3})?$/.test(value) ? Number(value) : value),
        z.number().min(0).max(10),
      )
      .meta({ description: "Only articles with this severity score or a higher one, 0 to 10.", example: 7 })
      .optional(),
    since: queryTime({
      description:
        "Only articles at or after this time, by `time_field`. A time before the tier's lookback is moved up to it; `meta.filters.since` says which applies.",
    }).optional(),
    modified_since: queryTime({
      description: "Only articles that were added or changed here at or after this time: for polling.",
    }).optional(),
    time_field: z
      .enum(["published_at", "modified_at"])
      .default("published_at")
      .meta({ description: "The time that `since` goes by.", example: "published_at" }),
    sort: z.enum(articleSorts).default("published:desc").meta({
      description: "The order: newest published, newest changed here, or most severe first.",
      example: "published:desc",
    }),
    has_iocs: queryBoolean()
      .meta({
        description: "`true`: only articles that name indicators; `false`: only those that name none.",
        example: true,
      })
      .optional(),
    threat_actor: plainText({ min: 1, max: 100 })
      .meta({
        description:
          "Only articles that name this threat actor: any of its names in ATT&CK, in any case of letters, or its id.",
        example: "APT28",
      })
      .optional(),
    industry: industryList.optional(),
    industry_tags: industryList.meta({ description: "Another name for `industry`.", example: "healthcare" }).optional(),
    mitre_technique: technique.optional(),
    source: plainText({ min: 1, max: 100 })
      .meta({
        description: "Only articles that this feed brought, by its id or name; 1 to 100 characters.",
        example: "rss-cisa-advisories",
      })
      .optional(),
    ...shownFields,
    limit: queryInteger(1, maxArticles)
      .default(defaultArticles)
      .meta({
        description: `Most articles to answer, 1 to ${maxArticles}; more than the tier allows is lowered to that.`,
        example: defaultArticles,
      }),
    cursor: z
      .string()
      .min(1)
      .max(200)
      .meta({
        description: "`meta.next_cursor` of the page before, or its `X-Next-Cursor`. It goes with the same query.",
        // Of the list without filters, after the example of an article.
        example: "AUsBof1w8cALL21eelFfDopUHG8va4oQMf2fGtTMNNw",
      })
      .optional(),
    format: z
      .enum(articleFormats)
      .default("json")
      .meta({ description: "The format of the answer; anything but `json` is a file.", example: "json" }),
  })
  .prefault({});
export type ListArticlesInput = z.output<typeof listArticlesInput>;

/** GET /api/v1/articles/{id} */
export const getArticleInput = z.object({
  id: z.string().max(100).meta({ description: "The id of the article.", example: exampleArticleId }),
  include_archived: queryBoolean()
    .default(false)
    .meta({ description: "Whether to answer the article also where it has been archived.", example: false }),
  ...shownFields,
});
export type GetArticleInput = z.output<typeof getArticleInput>;

const names = (description: string, example: string) => z.array(z.string()).meta({ description, example: [example] });

const articleIocShape = z
  .object({
    id: uuid.meta({ description: "The id of the indicator.", example: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11" }),
    type: iocTypeShape.meta({ description: "What the value is." }),
    value: z.string().meta({ description: "The indicator, normalised and not defanged.", example: "login.example" }),
    confidence: confidenceShape.meta({ description: "How sure the sources of the indicator are." }),
    risk_score: riskScore,
    context: z.string().nullable().meta({
      description: "The sentence or the row of the article that names it, defanged; null where it is not known.",
      example: "The page at login[.]example asked for passwords.",
    }),
    warnings: z.array(z.string()).meta({
      description: "The names of the warninglists that make it a probable false positive.",
      example: [],
    }),
  })
  .meta({ id: "ArticleIOC", description: "An indicator that an article names." });
export type ArticleIoc = z.infer<typeof articleIocShape>;

export const articleShape = z.object({
  id: uuid.meta({
    description: "The id of the article; the same for ever for one canonical address.",
    example: exampleArticleId,
  }),
  title: z.string().meta({ description: "Its title.", example: "A new wiper" }),
  url: z
    .string()
    .meta({ description: "Its address, as the publisher gives it.", example: "https://news.example/wiper" }),
  canonical_url: z.string().meta({
    description: "Its address without fragment and tracking parameters.",
    example: "https://news.example/wiper",
  }),
  summary: z.string().meta({ description: "A short excerpt, as plain text.", example: "A wiper was seen." }),
  image_url: z
    .string()
    .meta({
      description: "The address of its picture; absent where it has none.",
      example: "https://news.example/wiper.png",
    })
    .optional(),
  published_at: timeOf("When it was published; when it was first fetched, where the publisher gives no time."),
  fetched_at: timeOf("When it was last fetched."),
  modified_at: timeOf("When it was added or last changed here."),
  source_name: z.string().meta({ description: "Who published it.", example: "Example news" }),
  source_type: categoryShape.meta({ description: "What the source is.", example: "news" }),
  source_tier: z.int().min(1).max(3).meta({
    description: "1: the source reports its own findings; 2: those of others; 3: it gathers links.",
    example: 2,
  }),
  category: z.string().meta({ description: "What it is about, as a slug.", example: articleCategories[0] }),
  category_label: z.string().meta({ description: "The same, for people.", example: articleTopics[0]?.label }),
  severity_score: z.number().min(0).max(10).meta({ description: "How severe it is, 0 to 10.", example: 7.5 }),
  severity_label: z.enum(severityLabels).meta({ description: "The same in one word.", example: "high" }),
  severity_reason: z
    .string()
    .meta({ description: "Why it is that severe, for people.", example: "A vulnerability is exploited in the wild." }),
  tech_tags: names("The products and technologies that it names.", "windows"),
  industry_tags: names("The sectors that it is about, as CISA's slugs.", "healthcare"),
  threat_actors: names("The threat actors that it names, by their ATT&CK names.", "APT28"),
  malware_families: names("The malware and tools that it names, by their ATT&CK names.", "Emotet"),
  has_iocs: z.boolean().meta({ description: "Whether it names indicators, CVEs not counted.", example: true }),
  ioc_count: z.int().min(0).meta({ description: "How many indicators it names, CVEs not counted.", example: 3 }),
  iocs: z
    .array(articleIocShape)
    .meta({ description: "The indicators that it names, the riskiest first; only with `expand=iocs`." })
    .optional(),
  cve_ids: names("The CVEs that it names; only with `expand=cves`.", "CVE-2026-0001").optional(),
  mitre_techniques: z
    .array(
      z
        .object({
          id: z.string().meta({ description: "The ATT&CK id.", example: "T1059.001" }),
          name: z
            .string()
            .meta({ description: "Its full name.", example: "Command and Scripting Interpreter: PowerShell" }),
          tactic: z
            .string()
            .meta({ description: "The tactics that it serves, with commas between several.", example: "Execution" }),
        })
        .meta({ id: "ArticleTechnique", description: "An ATT&CK technique that an article names." }),
    )
    .meta({ description: "The ATT&CK techniques that it names; only with `expand=mitre`." })
    .optional(),
});
export type Article = z.infer<typeof articleShape>;

/** What `fields` leaves of an article. */
const shownShape = articleShape
  .partial()
  .required({ id: true })
  .meta({ id: "Article", description: "An article. With `fields`, only the fields that were asked for." });
export type ShownArticle = z.infer<typeof shownShape>;

const echoed = (name: string) =>
  z.string().meta({ description: `The \`${name}\` that applied; \`all\` where there was none.`, example: "all" });

const articleFiltersShape = z
  .object({
    q: echoed("q"),
    category: echoed("category"),
    severity: echoed("severity"),
    min_severity: z
      .union([z.number(), z.literal("all")])
      .meta({ description: "The `min_severity` that applied; `all` where there was none.", example: "all" }),
    since: z.string().meta({
      description: "The `since` that applied, after the tier's lookback; `all` where there was none.",
      example: "2026-11-14T09:30:00.000Z",
    }),
    modified_since: echoed("modified_since"),
    time_field: z.string().meta({ description: "The time that `since` goes by.", example: "published_at" }),
    sort: z.string().meta({ description: "The order.", example: "published:desc" }),
    has_iocs: z
      .union([z.boolean(), z.literal("all")])
      .meta({ description: "The `has_iocs` that applied; `all` where there was none.", example: "all" }),
    threat_actor: echoed("threat_actor"),
    industry: echoed("industry"),
    mitre_technique: echoed("mitre_technique"),
    source: echoed("source"),
  })
  .meta({ id: "ArticleFilters", description: "The filters that applied." });
export type EchoedArticleFilters = z.infer<typeof articleFiltersShape>;

export const articleListShape = z
  .object({
    meta: z
      .object({
        ...metaFields,
        total: countOf("Articles that match, on all pages; no more than 10000 are counted.", 1),
        total_exact: totalExact,
        limit: countOf("The limit in effect.", defaultArticles),
        next_cursor: nextCursor,
        filters: articleFiltersShape,
      })
      .meta({ description: "About the page." }),
    data: z.array(shownShape).meta({ description: "The articles, in the order of `sort`." }),
    links: z
      .object({
        self: z.string().meta({
          description: "The address of this page.",
          example: "https://tocsin.example/api/v1/articles?limit=30",
        }),
        next: z
          .string()
          .meta({
            description: "The address of the next page; absent on the last page.",
            example:
              "https://tocsin.example/api/v1/articles?limit=30&cursor=AUsBof1w8cALL21eelFfDopUHG8va4oQMf2fGtTMNNw",
          })
          .optional(),
      })
      .meta({ description: "Addresses of pages, absolute." }),
  })
  .meta({ id: "ArticleList", description: "A page of articles." });
export type ArticleList = z.infer<typeof articleListShape>;

export const articleAnswerShape = z
  .object({ meta: answerMetaShape, data: shownShape })
  .meta({ id: "ArticleAnswer", description: "One article." });
export type ArticleAnswer = z.infer<typeof articleAnswerShape>;
