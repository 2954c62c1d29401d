import { AppError, isUuid } from "../errors";
import type { Reader } from "../iocs";
import { articleFloor } from "./filter";
import { selectArticles } from "./select-articles";
import type { ArticleAnswer, GetArticleInput } from "./shape";
import { showArticles, shownFields } from "./show-articles";
import { expansions } from "./words";

/**
 * One article with all that it names. Throws `article_not_found`, `lookback_exceeded` for one that last changed here
 * before the tier's window, and `article_archived`.
 */
export async function getArticle(ctx: Reader, input: GetArticleInput): Promise<ArticleAnswer> {
  const { id, include_archived: includeArchived, fields, expand } = input;
  const [record] = isUuid(id) ? await selectArticles(ctx, "WHERE id = $1::uuid", [id]) : [];
  if (!record) throw new AppError("article_not_found");
  const { tier } = ctx.caller;
  const now = ctx.now();
  if (record.modifiedAt < articleFloor(tier, now)) {
    throw new AppError("lookback_exceeded", { details: { lookback_days: tier.articleLookbackDays } });
  }
  if (record.archivedAt !== null && !includeArchived) {
    throw new AppError("article_archived", { details: { archived_at: record.archivedAt.toISOString() } });
  }
  const shown = shownFields({ fields, expand: expand ?? (fields ? [] : expansions) });
  const [data] = await showArticles(ctx, [record], shown);
  if (!data) throw new AppError("article_not_found");
  return { meta: { generated_at: now.toISOString(), feed_version: "1.0", source: ctx.instance.name }, data };
}
