import type { SqlQuery } from "@tocsin/db";
import { queueArticle } from "../changes";
import type { ArticleRow } from "./article-row";
import type { ArticleFeedFacts } from "./draft";

export type Written = "new" | "changed" | "unchanged";

/** PostgreSQL takes at most a megabyte of lexemes. */
const searched = 300_000;

const upsert = `
INSERT INTO article AS a (id, feed_id, title, url, canonical_url, summary, text, image_url, published_at, fetched_at, modified_at,
  content_hash, source_name, source_type, source_tier, category, category_label, severity_score, severity_label,
  severity_reason, tech_tags, industry_tags, threat_actors, malware_families, cve_ids, mitre_techniques, ioc_count, has_iocs,
  search)
VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, coalesce($9::timestamptz, $10::timestamptz), $10::timestamptz, $10::timestamptz,
  $11, $12, $13, $14::int2, $15, $16, $17::float8, $18, $19, $20::text[], $21::text[], $22::text[], $23::text[], $24::text[],
  $25::text[], $26::int4, $26::int4 > 0,
  setweight(to_tsvector('english', $3), 'A')
    || setweight(to_tsvector('english', array_to_string($22::text[] || $23::text[] || $24::text[] || $25::text[], ' ')), 'B')
    || setweight(to_tsvector('english', $6), 'C') || setweight(to_tsvector('english', $27), 'D'))
ON CONFLICT (id) DO UPDATE SET
  title = EXCLUDED.title, url = EXCLUDED.url, summary = EXCLUDED.summary, text = EXCLUDED.text, image_url = EXCLUDED.image_url,
  published_at = coalesce($9::timestamptz, a.published_at), fetched_at = EXCLUDED.fetched_at, modified_at = EXCLUDED.modified_at,
  content_hash = EXCLUDED.content_hash, source_name = EXCLUDED.source_name, source_type = EXCLUDED.source_type,
  source_tier = EXCLUDED.source_tier, category = EXCLUDED.category, category_label = EXCLUDED.category_label,
  severity_score = EXCLUDED.severity_score, severity_label = EXCLUDED.severity_label, severity_reason = EXCLUDED.severity_reason,
  tech_tags = EXCLUDED.tech_tags, industry_tags = EXCLUDED.industry_tags, threat_actors = EXCLUDED.threat_actors,
  malware_families = EXCLUDED.malware_families, cve_ids = EXCLUDED.cve_ids, mitre_techniques = EXCLUDED.mitre_techniques,
  ioc_count = EXCLUDED.ioc_count, has_iocs = EXCLUDED.has_iocs, search = EXCLUDED.search, archived_at = NULL
WHERE a.feed_id = EXCLUDED.feed_id AND a.content_hash <> EXCLUDED.content_hash
RETURNING (xmax = 0) AS is_new`;

const unname = "DELETE FROM article_ioc WHERE article_id = $1::uuid AND ioc_id <> ALL ($2::uuid[])";
const name = `
INSERT INTO article_ioc AS n (article_id, ioc_id, context)
SELECT $1::uuid, t.id, t.context FROM unnest($2::uuid[], $3::text[]) AS t(id, context)
ON CONFLICT (article_id, ioc_id) DO UPDATE SET context = EXCLUDED.context WHERE n.context IS DISTINCT FROM EXCLUDED.context`;

/** IOCs print the title and the address of the article that they are from: another one is a change of theirs. */
const retell = `
WITH shown AS (
  SELECT id FROM ioc WHERE id IN (SELECT ioc_id FROM article_ioc WHERE article_id = $1::uuid) AND article_id = $1::uuid
  ORDER BY id FOR UPDATE
), changed AS (
  UPDATE ioc SET updated_at = GREATEST(updated_at, $2::timestamptz) FROM shown WHERE ioc.id = shown.id RETURNING ioc.id
)
INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`;

/** Writes an article and what it names; to be called in a transaction. `unchanged` where another has written the same meanwhile. */
export async function writeArticle(
  query: SqlQuery,
  row: ArticleRow,
  { feed, now }: { feed: ArticleFeedFacts; now: Date },
): Promise<Written> {
  const [before] = await query<{ title: string; url: string }>("SELECT title, url FROM article WHERE id = $1::uuid", [
    row.id,
  ]);
  const [written] = await query<{ is_new: boolean }>(upsert, valuesOf(row, feed, now));
  if (!written) return "unchanged";
  await queueArticle(query, row.id, row.text);
  if (before && (before.title !== row.title || before.url !== row.url)) {
    await query(retell, [row.id, now.toISOString()]);
  }
  const ids = [...row.named.keys()];
  const contexts = [...row.named.values()].map(({ context }) => context ?? null);
  if (!written.is_new) await query(unname, [row.id, ids]);
  if (ids.length > 0) await query(name, [row.id, ids, contexts]);
  return written.is_new ? "new" : "changed";
}

function valuesOf(row: ArticleRow, feed: ArticleFeedFacts, now: Date): unknown[] {
  const { extraction } = row;
  return [
    row.id,
    feed.id,
    row.title,
    row.url,
    row.canonicalUrl,
    row.summary,
    feed.keepsText ? row.text : null,
    row.imageUrl,
    row.publishedAt?.toISOString() ?? null,
    now.toISOString(),
    row.contentHash,
    feed.name,
    feed.category,
    feed.tier,
    extraction.category,
    extraction.categoryLabel,
    Math.round(extraction.severityScore * 10) / 10,
    extraction.severityLabel,
    extraction.severityReason,
    extraction.techTags,
    extraction.industries,
    extraction.threatActors.map(({ name }) => name),
    extraction.malwareFamilies.map(({ name }) => name),
    extraction.cveIds,
    extraction.techniques,
    [...row.named.values()].filter(({ type }) => type !== "cve").length,
    row.text.slice(0, searched),
  ];
}
