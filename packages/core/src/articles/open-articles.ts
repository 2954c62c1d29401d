import { recordsPerRequest } from "../access";
import type { Context } from "../context";
import { invalidParameter } from "../errors";
import type { Reader } from "../iocs";
import { type ArticlePosition, encodeArticleCursor } from "./cursor";
import { decideArticles } from "./filter";
import { type ArticlePage, articleCondition, countArticles, positionOf, selectArticlePage } from "./select-articles";
import type { ListArticlesInput, ShownArticle } from "./shape";
import { showArticles, shownFields } from "./show-articles";
import type { ArticleField } from "./words";

/** Articles as a file has them, found but not yet read. */
export type ArticleExport = {
  fields: readonly ArticleField[];
  /** How many it gives; up to a thousand, at most how many. */
  records: number;
  nextCursor: string | null;
  pages: () => AsyncIterable<readonly ShownArticle[]>;
};

/** Articles of one query: little enough to keep memory flat. */
const pageSize = 200;

/** Decides what an export would answer; a bad input throws `invalid_parameter`. */
export async function openArticles(ctx: Reader, input: ListArticlesInput): Promise<ArticleExport> {
  const decided = decideArticles(input, ctx.caller.tier, ctx.now());
  if (!decided.ok) throw invalidParameter(decided.problem);
  const { filters } = decided;
  const { sort, after, limit } = filters;
  const condition = articleCondition(filters);
  const fields = shownFields({ fields: filters.fields, expand: filters.expand });
  const [last, next] = await selectArticlePage(ctx, { condition, sort, after, limit: 2, offset: limit - 1 });
  const known = last !== undefined || limit <= recordsPerRequest;
  const records = known ? limit : Math.min(limit, await countArticles(ctx, condition));
  return {
    fields,
    records,
    nextCursor: last && next ? encodeArticleCursor(positionOf(last, sort), input) : null,
    pages: () => streamPages(ctx, { condition, sort, after, limit }, fields),
  };
}

async function* streamPages(
  ctx: Pick<Context, "sql">,
  { limit, after: start, ...page }: ArticlePage,
  fields: readonly ArticleField[],
): AsyncGenerator<readonly ShownArticle[]> {
  let left = limit;
  let after: ArticlePosition | null = start;
  while (left > 0) {
    const records = await selectArticlePage(ctx, { ...page, after, limit: Math.min(pageSize, left) });
    const last = records.at(-1);
    if (!last) return;
    yield await showArticles(ctx, records, fields);
    left -= records.length;
    after = positionOf(last, page.sort);
  }
}
