import type { Context } from "../context";
import { invalidParameter } from "../errors";
import type { Reader } from "../iocs";
import { totalOf } from "../lib";
import { encodeArticleCursor } from "./cursor";
import { decideArticles } from "./filter";
import { articleCondition, countArticles, positionOf, selectArticlePage } from "./select-articles";
import type { ArticleList, EchoedArticleFilters, ListArticlesInput } from "./shape";
import { showArticles, shownFields } from "./show-articles";

/** A page of articles in the order that is asked for. */
export async function listArticles(ctx: Reader, input: ListArticlesInput): Promise<ArticleList> {
  const now = ctx.now();
  const decided = decideArticles(input, ctx.caller.tier, now);
  if (!decided.ok) throw invalidParameter(decided.problem);
  const { filters, echoed } = decided;
  const condition = articleCondition(filters);
  const counted = await countArticles(ctx, condition);
  const { sort, after, limit, fields, expand } = filters;
  const records = await selectArticlePage(ctx, { condition, sort, after, limit: limit + 1 });
  const page = records.slice(0, limit);
  const last = records.length > limit ? page.at(-1) : undefined;
  const nextCursor = last ? encodeArticleCursor(positionOf(last, sort), input) : null;
  return {
    meta: {
      generated_at: now.toISOString(),
      feed_version: "1.0",
      source: ctx.instance.name,
      ...totalOf(counted),
      limit,
      next_cursor: nextCursor,
      filters: echoed,
    },
    data: await showArticles(ctx, page, shownFields({ fields, expand })),
    links: linksOf(ctx, input, { echoed, limit, nextCursor }),
  };
}

function linksOf(
  ctx: Pick<Context, "instance">,
  input: ListArticlesInput,
  { echoed, limit, nextCursor }: { echoed: EchoedArticleFilters; limit: number; nextCursor: string | null },
): ArticleList["links"] {
  const asked = {
    ...Object.fromEntries(Object.entries(echoed).filter(([, value]) => value !== "all")),
    // As they were asked for: a cursor belongs to them.
    since: input.since?.toISOString(),
    modified_since: input.modified_since?.toISOString(),
    fields: input.fields?.join(","),
    expand: input.expand?.join(","),
    limit,
  };
  const link = (cursor: string | undefined) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...asked, cursor })) {
      if (value !== undefined) query.set(name, String(value));
    }
    return `${ctx.instance.publicUrl.replace(/\/+$/, "")}/api/v1/articles?${query}`;
  };
  const self = link(input.cursor);
  return nextCursor === null ? { self } : { self, next: link(nextCursor) };
}
