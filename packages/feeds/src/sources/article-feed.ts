import { type ArticleFeed, megabyte } from "../definition/feed";
import { newsLayouts } from "../parse/news";

/** Of publishers who keep all rights. */
export const publishersOwn: ArticleFeed["licence"] = {
  name: "© publisher: headline, link and a short excerpt are kept",
  url: null,
  redistribution: "unclear",
};

type Common = Pick<ArticleFeed, "kind" | "layouts" | "maxBytes" | "nature" | "tlp">;

/** A feed of news: what all of them have in common, and what this one says of itself. */
export function articleFeed<Own extends Omit<ArticleFeed, keyof Common>>(own: Own): Own & Common {
  return {
    ...own,
    kind: "articles",
    nature: "archive",
    tlp: "clear",
    maxBytes: 16 * megabyte,
    layouts: newsLayouts(own.homepage),
  };
}
