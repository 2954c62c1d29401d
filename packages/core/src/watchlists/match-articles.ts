import type { Context } from "../context";
import { articleSubject, findMatches, type Subject } from "../matching";
import type { Matched } from "./match-changes";
import { withMatchesLock } from "./matches-lock";
import { writeMatches } from "./write-matches";

/** Articles that one transaction compares: a text may be long. */
const batch = 100;

export type ArticleRow = {
  id: string;
  title: string;
  summary: string;
  text: string | null;
  threat_actors: string[];
  malware_families: string[];
  tech_tags: string[];
  cve_ids: string[];
};

export const articleColumns = "a.id, a.title, a.summary, a.threat_actors, a.malware_families, a.tech_tags, a.cve_ids";

/** Compares the next new and changed articles with what is watched, each once, as `matchChanges` does IOCs. */
export async function matchArticles(ctx: Pick<Context, "sql" | "now">): Promise<Matched> {
  const [waiting] = await ctx.sql.query("SELECT seq FROM watchlist_article ORDER BY seq LIMIT 1");
  if (!waiting) return nothing;
  const done = await withMatchesLock(ctx, async (query) => {
    const taken = await query<ArticleRow>(
      `WITH taken AS (
         DELETE FROM watchlist_article
         WHERE seq = ANY (ARRAY(SELECT seq FROM watchlist_article ORDER BY seq LIMIT ${batch}))
         RETURNING seq, article_id, text
       )
       SELECT ${articleColumns}, taken.text FROM taken JOIN article a ON a.id = taken.article_id ORDER BY taken.seq DESC`,
    );
    const latest = new Map(taken.toReversed().map((row) => [row.id, row]));
    let matches = 0;
    for await (const found of findMatches(query, [...latest.values()].map(toArticleSubject))) {
      matches += (await writeMatches(query, found, { now: ctx.now(), held: false })).kept;
    }
    return { changes: taken.length, matches };
  });
  return done ?? nothing;
}

const nothing: Matched = { changes: 0, matches: 0 };

export function toArticleSubject(row: ArticleRow): Subject {
  const names = [...row.threat_actors, ...row.malware_families, ...row.tech_tags];
  return articleSubject({ ...row, names, cveIds: row.cve_ids });
}
