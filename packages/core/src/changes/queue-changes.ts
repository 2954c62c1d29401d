import type { SqlQuery } from "@tocsin/db";

/**
 * Hands on IOCs whose change has been committed, in the transaction that publishes them. While nobody watches anything
 * nothing is: an entry that comes later is compared with all that is stored.
 */
export async function queueChanges(query: SqlQuery, iocIds: readonly string[]): Promise<void> {
  await query(
    `INSERT INTO watchlist_change (ioc_id)
     SELECT unnest($1::uuid[]) WHERE EXISTS (SELECT 1 FROM watchlist_entry)`,
    [iocIds],
  );
}

/** The same of an article, in the transaction that writes it. */
export async function queueArticle(query: SqlQuery, articleId: string, text: string): Promise<void> {
  await query(
    `INSERT INTO watchlist_article (article_id, text)
     SELECT $1::uuid, $2::text WHERE EXISTS (SELECT 1 FROM watchlist_entry WHERE kind IN ('term', 'value'))`,
    [articleId, text.slice(0, longestText)],
  );
}

/** Characters of an article that are compared. */
const longestText = 300_000;
