import type { Context } from "../context";
import { extractInSteps } from "../extraction";
import { type IngestInput, ingestIocs, maxBatch } from "../iocs";
import { inSlices } from "../lib";
import { type ArticleRow, articleRow } from "./article-row";
import type { ArticleFeedFacts } from "./draft";
import type { ArticleNews } from "./find-news";
import { type Written, writeArticle } from "./write-article";

export type IngestArticlesInput = Pick<IngestInput, "warningsOf"> & {
  feed: ArticleFeedFacts;
  articles: readonly FoundArticle[];
  pulledAt: Date;
};

/** `page` is the HTML of the article's page, null where it is not there for the moment, absent where nobody asked for it. */
export type FoundArticle = ArticleNews & { page?: string | null };

export type IngestedArticles = {
  articlesNew: number;
  articlesChanged: number;
  iocsNew: number;
  iocsChanged: number;
  sightingsNew: number;
};

/**
 * Reads what articles say and keeps it: each with the IOCs that it names in one transaction, so that a process that is
 * killed leaves whole articles, and the next pull brings the others.
 */
export async function ingestArticles(
  ctx: Pick<Context, "sql" | "now">,
  input: IngestArticlesInput,
): Promise<IngestedArticles> {
  const total = { articlesNew: 0, articlesChanged: 0, iocsNew: 0, iocsChanged: 0, sightingsNew: 0 };
  for (const found of input.articles) {
    // Better what is stored than a teaser in its place; the next pull asks again.
    if (found.page === null && found.known) continue;
    const now = ctx.now();
    const extraction = await inSlices(extractInSteps(textOf(found, input.feed)));
    const row = articleRow(found, { extraction, feed: input.feed, awaiting: found.page === null, now });
    const { written, counts } = await keep(ctx, row, input, now);
    if (written === "new") total.articlesNew++;
    if (written === "changed") total.articlesChanged++;
    for (const { iocsNew, iocsChanged, sightingsNew } of counts) {
      total.iocsNew += iocsNew;
      total.iocsChanged += iocsChanged;
      total.sightingsNew += sightingsNew;
    }
  }
  return total;
}

function textOf({ draft, page }: FoundArticle, feed: ArticleFeedFacts) {
  const { title, url } = draft;
  const said = page ?? draft.body ?? draft.summary;
  const body = /<[a-z!/]|&[#a-z]/i.test(said) ? { html: said } : { text: said };
  return { ...body, title, url, publisherHosts: feed.publisherHosts };
}

type Kept = { written: Written; counts: Awaited<ReturnType<typeof ingestIocs>>[] };

async function keep(
  ctx: Pick<Context, "sql" | "now">,
  row: ArticleRow,
  { feed, pulledAt, warningsOf }: IngestArticlesInput,
  now: Date,
): Promise<Kept> {
  return ctx.sql.begin(async (tx) => {
    const written = await writeArticle(tx.query, row, { feed, now });
    const counts: Kept["counts"] = [];
    if (written === "unchanged") return { written, counts };
    const within = { now: ctx.now, sql: { query: tx.query, begin: ctx.sql.begin } };
    const observations = [...row.named.values()];
    for (let from = 0; from < observations.length; from += maxBatch) {
      const batch = observations.slice(from, from + maxBatch);
      counts.push(
        await ingestIocs(within, { feed, observations: batch, pulledAt, ...(warningsOf ? { warningsOf } : {}) }),
      );
    }
    return { written, counts };
  });
}
