import { articleCategories as known } from "../extraction";

export { industries } from "../values";

/** What an article may be about, by slug, with its name for people; `general` is what fits none. */
export const articleTopics: readonly { slug: string; label: string }[] = [
  ...known.map(({ slug, label }) => ({ slug, label })),
  { slug: "general", label: "General" },
];

export const articleCategories = [...known.map(({ slug }) => slug), "general"] as const;

/** What a request may ask for beside an article's own fields. */
export const expansions = ["iocs", "cves", "threat_actors", "mitre"] as const;
export type Expansion = (typeof expansions)[number];

/** The fields that every article has, in the order in which they are written. */
export const plainFields = [
  "id",
  "title",
  "url",
  "canonical_url",
  "summary",
  "image_url",
  "published_at",
  "fetched_at",
  "modified_at",
  "source_name",
  "source_type",
  "source_tier",
  "category",
  "category_label",
  "severity_score",
  "severity_label",
  "severity_reason",
  "tech_tags",
  "industry_tags",
  "threat_actors",
  "malware_families",
  "has_iocs",
  "ioc_count",
] as const;

/** The fields that come when they are asked for, by `fields` or by the word of `expand`. */
export const expandedFields = ["iocs", "cve_ids", "mitre_techniques"] as const;
export const articleFields = [...plainFields, ...expandedFields] as const;
export type ArticleField = (typeof articleFields)[number];
