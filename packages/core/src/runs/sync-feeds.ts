import type { Context } from "../context";
import type { Category } from "../values";

/** What is copied of a feed; without a licence it is unclear what its terms allow. */
type FeedTerms = {
  id: string;
  name: string;
  category: Category;
  licence?: { redistribution: "yes" | "no" | "unclear" };
};

/** Makes sure that each feed has its row, and copies name, category and terms into it; the state of known feeds stays. */
export async function syncFeeds(ctx: Context, feeds: readonly FeedTerms[]): Promise<void> {
  if (feeds.length === 0) return;
  await ctx.sql.query(
    `INSERT INTO feed (id, name, category, redistribution)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
     ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, category = EXCLUDED.category,
       redistribution = EXCLUDED.redistribution
     WHERE (feed.name, feed.category, feed.redistribution)
       IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.category, EXCLUDED.redistribution)`,
    [
      feeds.map((feed) => feed.id),
      feeds.map((feed) => feed.name),
      feeds.map((feed) => feed.category),
      feeds.map((feed) => feed.licence?.redistribution ?? "unclear"),
    ],
  );
}
