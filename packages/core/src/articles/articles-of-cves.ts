import type { Context } from "../context";

/** An article as a lookup tells of it. */
export type ArticleMention = { id: string; title: string; url: string; published_at: string; source_name: string };

/** The newest of each CVE. */
const most = 20;

/** The newest articles that name CVEs, by CVE, at most 20 of each. */
export async function articlesOfCves(
  ctx: Pick<Context, "sql">,
  cves: readonly string[],
): Promise<ReadonlyMap<string, ArticleMention[]>> {
  if (cves.length === 0) return new Map();
  const rows = await ctx.sql.query<Omit<ArticleMention, "published_at"> & { cve: string; published_at: Date }>(
    `SELECT cve, a.* FROM unnest($1::text[]) AS cve CROSS JOIN LATERAL (
       SELECT id, title, url, published_at, source_name FROM article
       WHERE cve_ids @> ARRAY[cve] AND archived_at IS NULL
       ORDER BY published_at DESC, id DESC LIMIT ${most}) a`,
    [cves],
  );
  const byCve = new Map<string, ArticleMention[]>();
  for (const { cve, published_at, ...article } of rows) {
    byCve.set(cve, [...(byCve.get(cve) ?? []), { ...article, published_at: published_at.toISOString() }]);
  }
  return byCve;
}
