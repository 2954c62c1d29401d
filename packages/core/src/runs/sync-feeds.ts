import type { Context } from "../context";
import type { Category } from "../iocs/observation";

/** Makes sure that each feed has its row, and copies name and category into it; the state of known feeds stays. */
export async function syncFeeds(
  ctx: Context,
  feeds: readonly { id: string; name: string; category: Category }[],
): Promise<void> {
  if (feeds.length === 0) return;
  await ctx.sql.query(
    `INSERT INTO feed (id, name, category)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
     ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, category = EXCLUDED.category
     WHERE (feed.name, feed.category) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.category)`,
    [feeds.map((feed) => feed.id), feeds.map((feed) => feed.name), feeds.map((feed) => feed.category)],
  );
}
