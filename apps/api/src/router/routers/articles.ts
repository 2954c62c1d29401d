import {
  articleAnswerShape,
  articleListShape,
  getArticle,
  getArticleInput,
  listArticles,
  listArticlesInput,
} from "@tocsin/core/articles";
import { byKey, router } from "../procedure";

const tag = "Articles";

export const articlesRouter = router({
  list: byKey({
    scope: "read:articles",
    rest: {
      method: "GET",
      path: "/api/v1/articles",
      operationId: "listArticles",
      tag,
      summary: "List articles",
      description:
        "News and advisories of the feeds, with what was read out of them. A `since` older than the tier's lookback is moved up to it, and `meta.filters.since` says so. `format=csv` and `format=ndjson` (tier pro, scope `read:articles:export`) stream the same rows as a file; `X-Next-Cursor` then takes the place of `meta.next_cursor`.",
      errors: ["invalid_parameter", "not_acceptable"],
      asFile: true,
    },
  })
    .input(listArticlesInput)
    .output(articleListShape)
    .query(({ ctx, input }) => listArticles(ctx, input)),

  byId: byKey({
    scope: "read:articles",
    rest: {
      method: "GET",
      path: "/api/v1/articles/:id",
      operationId: "getArticle",
      tag,
      summary: "Get an article",
      description:
        "One article with the indicators, CVEs, threat actors and ATT&CK techniques that it names; `expand` and `fields` leave out what is not wanted.",
      errors: ["invalid_parameter", "article_not_found", "lookback_exceeded", "article_archived"],
      cacheSeconds: 60,
    },
  })
    .input(getArticleInput)
    .output(articleAnswerShape)
    .query(({ ctx, input }) => getArticle(ctx, input)),
});
