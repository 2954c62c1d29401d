import type { Context } from "../context";
import { articleId } from "./article-id";
import { canonicalUrl } from "./canonical-url";
import { contentHash } from "./content-hash";
import type { ArticleDraft } from "./draft";

/** An article that is not stored as its feed now has it; `known` where an older version is. */
export type ArticleNews = { draft: ArticleDraft; id: string; canonicalUrl: string; known: boolean };
export type FoundNews = { news: ArticleNews[]; refused: { index: number; problem: string }[] };

/** Those of a feed's articles that are new or have changed; what another feed brought first stays that feed's. */
export async function findNews(
  ctx: Pick<Context, "sql">,
  { feedId, drafts }: { feedId: string; drafts: readonly ArticleDraft[] },
): Promise<FoundNews> {
  const refused: FoundNews["refused"] = [];
  const byId = new Map<string, Omit<ArticleNews, "known">>();
  for (const [index, draft] of drafts.entries()) {
    const canonical = canonicalUrl(draft.url);
    if (canonical === null) refused.push({ index, problem: "the link is no web address of at most 2,000 characters" });
    // The same address twice in one body: the first telling counts.
    else if (!byId.has(articleId(canonical))) {
      byId.set(articleId(canonical), { draft, id: articleId(canonical), canonicalUrl: canonical });
    }
  }
  const stored = await readStored(ctx, [...byId.keys()]);
  const news = [...byId.values()].flatMap((found): ArticleNews[] => {
    const known = stored.get(found.id);
    if (known === undefined) return [{ ...found, known: false }];
    const differs = known.feedId !== feedId || known.contentHash === contentHash(found.draft);
    return differs ? [] : [{ ...found, known: true }];
  });
  return { news, refused };
}

async function readStored(ctx: Pick<Context, "sql">, ids: readonly string[]) {
  const rows = await ctx.sql.query<{ id: string; feed_id: string; content_hash: string }>(
    "SELECT id, feed_id, content_hash FROM article WHERE id = ANY ($1::uuid[])",
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { feedId: row.feed_id, contentHash: row.content_hash }]));
}
