import type { Context } from "../context";
import type { Condition } from "../iocs";
import { countUpTo } from "../lib";
import { actorNames } from "./actor-names";
import { type ArticlePosition, timeColumnOf } from "./cursor";
import type { ArticleFilters } from "./filter";
import type { ArticleSort } from "./shape";

/** One stored article, as lists and answers read it. */
export type ArticleRecord = {
  id: string;
  title: string;
  url: string;
  canonicalUrl: string;
  summary: string;
  imageUrl: string | null;
  publishedAt: Date;
  fetchedAt: Date;
  modifiedAt: Date;
  sourceName: string;
  sourceType: string;
  sourceTier: number;
  category: string;
  categoryLabel: string;
  severityScore: number;
  severityLabel: string;
  severityReason: string;
  techTags: string[];
  industryTags: string[];
  threatActors: string[];
  malwareFamilies: string[];
  cveIds: string[];
  mitreTechniques: string[];
  iocCount: number;
  hasIocs: boolean;
  archivedAt: Date | null;
};

const columns = `id, title, url, canonical_url AS "canonicalUrl", summary, image_url AS "imageUrl",
  published_at AS "publishedAt", fetched_at AS "fetchedAt", modified_at AS "modifiedAt", source_name AS "sourceName",
  source_type AS "sourceType", source_tier AS "sourceTier", category, category_label AS "categoryLabel",
  severity_score AS "severityScore", severity_label AS "severityLabel", severity_reason AS "severityReason",
  tech_tags AS "techTags", industry_tags AS "industryTags", threat_actors AS "threatActors",
  malware_families AS "malwareFamilies", cve_ids AS "cveIds", mitre_techniques AS "mitreTechniques",
  ioc_count AS "iocCount", has_iocs AS "hasIocs", archived_at AS "archivedAt"`;

/** Articles that `query` gives: what follows `FROM article`. */
export function selectArticles(
  ctx: Pick<Context, "sql">,
  query: string,
  values: readonly unknown[],
): Promise<ArticleRecord[]> {
  return ctx.sql.query<ArticleRecord>(`SELECT ${columns} FROM article ${query}`, values);
}

/** The condition that filters make, parameters counted from $1, without the place of a cursor. */
export function articleCondition(filters: ArticleFilters): Condition {
  const values: unknown[] = [];
  const texts: string[] = ["archived_at IS NULL"];
  const add = (value: unknown, text: (parameter: string) => string) => {
    if (value === undefined || value === null) return;
    values.push(value);
    texts.push(text(`$${values.length}`));
  };
  add(filters.floor.toISOString(), (p) => `modified_at >= ${p}::timestamptz`);
  add(filters.since?.toISOString(), (p) => `${filters.time_field} >= ${p}::timestamptz`);
  add(filters.modified_since?.toISOString(), (p) => `modified_at >= ${p}::timestamptz`);
  add(filters.q, (p) => `search @@ websearch_to_tsquery('english', ${p}::text)`);
  add(filters.category, (p) => `category = ANY (${p}::text[])`);
  add(filters.severity, (p) => `severity_label = ANY (${p}::text[])`);
  add(filters.min_severity, (p) => `severity_score >= ${p}::float8`);
  add(filters.has_iocs, (p) => `has_iocs = ${p}::boolean`);
  add(
    filters.threat_actor && actorNames(filters.threat_actor),
    (p) => `EXISTS (SELECT FROM unnest(threat_actors) AS name WHERE lower(name) = ANY (${p}::text[]))`,
  );
  add(filters.industry, (p) => `industry_tags && ${p}::text[]`);
  add(filters.source, (p) => `(feed_id = ${p}::text OR lower(source_name) = lower(${p}::text))`);
  // A sub-technique is its technique's too.
  add(filters.mitre_technique, (p) =>
    filters.mitre_technique?.includes(".")
      ? `mitre_techniques @> ARRAY[${p}::text]`
      : `EXISTS (SELECT FROM unnest(mitre_techniques) AS id WHERE split_part(id, '.', 1) = ${p}::text)`,
  );
  return { text: texts.join(" AND "), values };
}

/** How many articles a condition leaves, no more than one above the limit of exact counts. */
export async function countArticles(ctx: Pick<Context, "sql">, { text, values }: Condition): Promise<number> {
  const [row] = await ctx.sql.query<{ n: number }>(countUpTo(`article WHERE ${text}`), values);
  return row?.n ?? 0;
}

export type ArticlePage = {
  condition: Condition;
  sort: ArticleSort;
  after: ArticlePosition | null;
  limit: number;
  offset?: number;
};

export async function selectArticlePage(ctx: Pick<Context, "sql">, page: ArticlePage): Promise<ArticleRecord[]> {
  const { text, values } = placed(page);
  const order = keyOf(page.sort).map((column) => `${column} DESC`);
  return selectArticles(
    ctx,
    `WHERE ${text} ORDER BY ${order.join(", ")} LIMIT ${page.limit} OFFSET ${page.offset ?? 0}`,
    values,
  );
}

function keyOf(sort: ArticleSort): string[] {
  return [...(sort === "severity:desc" ? ["severity_score"] : []), timeColumnOf(sort), "id"];
}

function placed({ condition: { text, values }, sort, after }: ArticlePage): Condition {
  if (after === null) return { text, values };
  const place = [
    ...(sort === "severity:desc" ? [{ value: after.score, type: "float8" }] : []),
    { value: after.time.toISOString(), type: "timestamptz" },
    { value: after.id, type: "uuid" },
  ];
  const parameters = place.map(({ type }, index) => `$${values.length + index + 1}::${type}`);
  return {
    text: `${text} AND (${keyOf(sort).join(", ")}) < (${parameters.join(", ")})`,
    values: [...values, ...place.map(({ value }) => value)],
  };
}

export function positionOf(record: ArticleRecord, sort: ArticleSort): ArticlePosition {
  const time = timeColumnOf(sort) === "modified_at" ? record.modifiedAt : record.publishedAt;
  return { score: record.severityScore, time, id: record.id };
}
