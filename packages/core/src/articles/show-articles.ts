import { fullNameOf, tacticsOf } from "../attack";
import type { Context } from "../context";
import { confidences, type IocType } from "../values";
import type { ArticleRecord } from "./select-articles";
import type { Article, ArticleIoc, ShownArticle } from "./shape";
import { type ArticleField, type Expansion, expandedFields, plainFields } from "./words";

export type Shown = { fields: readonly ArticleField[] | undefined; expand: readonly Expansion[] | undefined };

const fieldOfExpansion: Readonly<Record<Expansion, ArticleField>> = {
  iocs: "iocs",
  cves: "cve_ids",
  mitre: "mitre_techniques",
  threat_actors: "threat_actors",
};

/** The fields of an answer, in the order in which they are written: those asked for and those of the expansions. */
export function shownFields({ fields, expand = [] }: Shown): ArticleField[] {
  const chosen = new Set<ArticleField>([
    "id",
    ...(fields ?? plainFields),
    ...expand.map((word) => fieldOfExpansion[word]),
  ]);
  return [...plainFields, ...expandedFields].filter((field) => chosen.has(field));
}

/** Articles in their wire shape, with no more than these fields. */
export async function showArticles(
  ctx: Pick<Context, "sql">,
  records: readonly ArticleRecord[],
  fields: readonly ArticleField[],
): Promise<ShownArticle[]> {
  const iocs = fields.includes("iocs") ? await readIocs(ctx, records) : new Map<string, ArticleIoc[]>();
  return records.map((record) => {
    const whole = toArticle(record, iocs.get(record.id) ?? []);
    const shown = fields.flatMap((field) => (whole[field] === undefined ? [] : [[field, whole[field]]]));
    return Object.fromEntries(shown) as ShownArticle;
  });
}

function toArticle(record: ArticleRecord, iocs: ArticleIoc[]): Article {
  return {
    id: record.id,
    title: record.title,
    url: record.url,
    canonical_url: record.canonicalUrl,
    summary: record.summary,
    ...(record.imageUrl === null ? {} : { image_url: record.imageUrl }),
    published_at: record.publishedAt.toISOString(),
    fetched_at: record.fetchedAt.toISOString(),
    modified_at: record.modifiedAt.toISOString(),
    source_name: record.sourceName,
    source_type: record.sourceType as Article["source_type"],
    source_tier: record.sourceTier,
    category: record.category,
    category_label: record.categoryLabel,
    severity_score: record.severityScore,
    severity_label: record.severityLabel as Article["severity_label"],
    severity_reason: record.severityReason,
    tech_tags: record.techTags,
    industry_tags: record.industryTags,
    threat_actors: record.threatActors,
    malware_families: record.malwareFamilies,
    has_iocs: record.hasIocs,
    ioc_count: record.iocCount,
    iocs,
    cve_ids: record.cveIds,
    mitre_techniques: record.mitreTechniques.map((id) => ({
      id,
      name: fullNameOf(id) ?? id,
      tactic: tacticsOf(id)
        .map(({ name }) => name)
        .join(", "),
    })),
  };
}

type NamedIoc = Omit<ArticleIoc, "type" | "confidence"> & { article_id: string; type: IocType; confidence: number };

/** A CVE is no indicator here: `cve_ids` has them. */
async function readIocs(ctx: Pick<Context, "sql">, records: readonly ArticleRecord[]) {
  const rows = await ctx.sql.query<NamedIoc>(
    `SELECT n.article_id, i.id, i.type, i.value, i.confidence, i.risk_score, n.context, coalesce(i.warnings, '{}') AS warnings
     FROM article_ioc n JOIN ioc i ON i.id = n.ioc_id
     WHERE n.article_id = ANY ($1::uuid[]) AND i.type <> 'cve'
     ORDER BY i.risk_score DESC, i.type, i.value`,
    [records.map(({ id }) => id)],
  );
  const byArticle = new Map<string, ArticleIoc[]>();
  for (const { article_id: id, confidence, ...ioc } of rows) {
    const list = byArticle.get(id) ?? [];
    list.push({ ...ioc, confidence: confidences[confidence - 1] ?? "low" });
    byArticle.set(id, list);
  }
  return byArticle;
}
