import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { severityLabels } from "../extraction";
import {
  categories,
  commaList,
  confidences,
  industries,
  industryOf,
  iocTypes,
  normalise,
  queryBoolean,
  queryTime,
} from "../values";
import { articleCategories, articleFields, expansions } from "./words";

export const articleFormats = ["json", "ndjson", "csv"] as const;
export type ArticleFormat = (typeof articleFormats)[number];

export const articleSorts = ["published:desc", "modified:desc", "severity:desc"] as const;
export type ArticleSort = (typeof articleSorts)[number];

/** Most articles that one request may name, whatever the plan. */
export const maxArticles = 10_000;
export const defaultArticles = 30;

/** Distinct sectors of a comma list, each a slug or a synonym of it. */
const industryList = z
  .string()
  .max(500)
  .meta({
    description: "Targeted sectors: CISA sectors as slugs, or common synonyms, with commas between them.",
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
  .meta({ description: "An ATT&CK technique; one that has sub-techniques stands for them too.", example: "T1059" })
  .transform((text, ctx) => {
    const found = normalise("mitre_attack", text);
    if (found.ok && /^T\d/.test(found.value)) return found.value;
    const params = { allowed: "an ATT&CK technique id such as T1059 or T1059.001" };
    ctx.issues.push({ code: "custom", message: "is not in the right format", params, input: text });
    return z.NEVER;
  });

const shownFields = {
  fields: commaList(articleFields, {
    description: "Only these fields, with commas between them; `id` always comes. Absent: all of them.",
  }).optional(),
  expand: commaList(expansions, {
    description: "What else to answer: `iocs`, `cves`, `mitre`. `threat_actors` are always there.",
  }).optional(),
};

/** GET /api/v1/articles */
export const listArticlesInput = z
  .object({
    q: plainText({ min: 1, max: 300 })
      .meta({
        description: 'Words of title, names, summary and text; `"a phrase"`, `or` and `-without` as in a web search.',
        example: "ransomware -gang",
      })
      .optional(),
    category: commaList(articleCategories, {
      description: "What articles are about, with commas between several.",
    }).optional(),
    severity: commaList(severityLabels, { description: "Severities, with commas between several." }).optional(),
    min_severity: z
      .preprocess(
        (value) => (typeof value === "string" && /^\d{1,2}(?:\.\d{1,3})?$/.test(value) ? Number(value) : value),
        z.number().min(0).max(10),
      )
      .meta({ description: "Least severity score.", example: 7 })
      .optional(),
    since: queryTime({
      description: "Nothing before this time, by `time_field`; older than the plan's lookback is clamped to it.",
    }).optional(),
    modified_since: queryTime({
      description: "Only articles that were added or changed here at or after this time: for polling.",
    }).optional(),
    time_field: z
      .enum(["published_at", "modified_at"])
      .default("published_at")
      .meta({ description: "The time that `since` counts.", example: "published_at" }),
    sort: z.enum(articleSorts).default("published:desc").meta({
      description: "The order: newest published, newest changed here, or most severe first.",
      example: "published:desc",
    }),
    has_iocs: queryBoolean().meta({ description: "Only articles that name indicators, or that name none." }).optional(),
    threat_actor: plainText({ min: 1, max: 100 })
      .meta({
        description: "A threat actor: any name of it in ATT&CK, in any case of letters, or its id.",
        example: "APT28",
      })
      .optional(),
    industry: industryList.optional(),
    industry_tags: industryList.meta({ description: "Another name for `industry`." }).optional(),
    mitre_technique: technique.optional(),
    source: plainText({ min: 1, max: 100 })
      .meta({ description: "Id or name of the feed that brought it.", example: "rss-cisa-advisories" })
      .optional(),
    ...shownFields,
    limit: queryInteger(1, maxArticles)
      .default(defaultArticles)
      .meta({
        description: `Most articles to answer, 1 to ${maxArticles}; more than the plan allows is clamped to it.`,
        example: defaultArticles,
      }),
    cursor: z.string().min(1).max(200).meta({ description: "`meta.next_cursor` of the page before." }).optional(),
    format: z.enum(articleFormats).default("json").meta({ description: "Format of the answer.", example: "json" }),
  })
  .prefault({});
export type ListArticlesInput = z.output<typeof listArticlesInput>;

/** GET /api/v1/articles/{id} */
export const getArticleInput = z.object({
  id: z.string().max(100).meta({ description: "The article's id.", example: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10" }),
  include_archived: queryBoolean()
    .default(false)
    .meta({ description: "Answer the article though it has been archived.", example: false }),
  ...shownFields,
});
export type GetArticleInput = z.output<typeof getArticleInput>;

const time = (description: string) => z.iso.datetime().meta({ description, example: "2026-11-21T09:30:00.000Z" });
const names = (description: string, example: string) => z.array(z.string()).meta({ description, example: [example] });

const articleIocShape = z.object({
  id: z.uuid().meta({ description: "The indicator's id." }),
  type: z.enum(iocTypes),
  value: z.string().meta({ example: "login.example" }),
  confidence: z.enum(confidences),
  risk_score: z.int().min(0).max(100),
  context: z.string().nullable().meta({ description: "The sentence or the row that names it, defanged." }),
  warnings: z.array(z.string()).meta({ description: "Lists of harmless values that it is on.", example: [] }),
});
export type ArticleIoc = z.infer<typeof articleIocShape>;

export const articleShape = z.object({
  id: z.uuid().meta({ description: "The same for ever for one canonical URL." }),
  title: z.string().meta({ example: "A new wiper" }),
  url: z.string().meta({ description: "As the publisher gives it.", example: "https://news.example/wiper" }),
  canonical_url: z
    .string()
    .meta({ description: "Without fragment and tracking parameters.", example: "https://news.example/wiper" }),
  summary: z.string().meta({ description: "A short excerpt, plain text.", example: "A wiper was seen." }),
  image_url: z.string().meta({ example: "https://news.example/wiper.png" }).optional(),
  published_at: time("The publisher's time, or that of the first fetch where it gives none."),
  fetched_at: time("When it was last read."),
  modified_at: time("When it was added or last changed here."),
  source_name: z.string().meta({ example: "Example news" }),
  source_type: z.enum(categories).meta({ description: "What the source is.", example: "news" }),
  source_tier: z
    .int()
    .min(1)
    .max(3)
    .meta({ description: "1 speaks for itself, 2 reports what others found, 3 gathers.", example: 2 }),
  category: z.string().meta({ description: "What it is about.", example: articleCategories[0] }),
  category_label: z.string().meta({ description: "The same, for people." }),
  severity_score: z.number().min(0).max(10).meta({ example: 7.5 }),
  severity_label: z.enum(severityLabels).meta({ example: "high" }),
  severity_reason: z.string().meta({ description: "Why it is that severe." }),
  tech_tags: names("Products and technologies that it names.", "windows"),
  industry_tags: names("Targeted sectors, as CISA's slugs.", "healthcare"),
  threat_actors: names("Threat actors by their ATT&CK names.", "APT28"),
  malware_families: names("Malware and tools by their ATT&CK names.", "Emotet"),
  has_iocs: z.boolean(),
  ioc_count: z.int().min(0).meta({ description: "Indicators that it names, CVEs not counted.", example: 3 }),
  iocs: z.array(articleIocShape).meta({ description: "With `expand=iocs`; the riskiest first." }).optional(),
  cve_ids: names("With `expand=cves`.", "CVE-2026-0001").optional(),
  mitre_techniques: z
    .array(
      z.object({
        id: z.string().meta({ example: "T1059.001" }),
        name: z.string().meta({ example: "Command and Scripting Interpreter: PowerShell" }),
        tactic: z.string().meta({ description: "Its tactics, with commas between several.", example: "Execution" }),
      }),
    )
    .meta({ description: "With `expand=mitre`." })
    .optional(),
});
export type Article = z.infer<typeof articleShape>;

/** What `fields` leaves of an article. */
const shownShape = articleShape.partial().required({ id: true });
export type ShownArticle = z.infer<typeof shownShape>;

const echoed = z.string().meta({ description: "The filter in effect, or `all`.", example: "all" });

const articleFiltersShape = z.object({
  q: echoed,
  category: echoed,
  severity: echoed,
  min_severity: z.union([z.number(), z.literal("all")]).meta({ example: "all" }),
  since: echoed,
  modified_since: echoed,
  time_field: z.string().meta({ example: "published_at" }),
  sort: z.string().meta({ example: "published:desc" }),
  has_iocs: z.union([z.boolean(), z.literal("all")]).meta({ example: "all" }),
  threat_actor: echoed,
  industry: echoed,
  mitre_technique: echoed,
  source: echoed,
});
export type EchoedArticleFilters = z.infer<typeof articleFiltersShape>;

const metaFields = {
  generated_at: time("When this answer was made."),
  feed_version: z.literal("1.0"),
  source: z.string().meta({ description: "Name of this instance.", example: "Tocsin" }),
};

export const articleListShape = z.object({
  meta: z.object({
    ...metaFields,
    total: z.int().meta({ description: "Articles that match.", example: 1 }),
    limit: z.int().meta({ description: "The limit in effect.", example: defaultArticles }),
    next_cursor: z.string().nullable().meta({ description: "`cursor` of the next page; null on the last." }),
    filters: articleFiltersShape,
  }),
  data: z.array(shownShape),
  links: z.object({
    self: z.string().meta({ description: "This page, absolute." }),
    next: z.string().meta({ description: "The next page, absolute; absent on the last." }).optional(),
  }),
});
export type ArticleList = z.infer<typeof articleListShape>;

export const articleAnswerShape = z.object({ meta: z.object(metaFields), data: shownShape });
export type ArticleAnswer = z.infer<typeof articleAnswerShape>;
