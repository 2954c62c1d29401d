import type { Context } from "../context";

// Whose rows a pull adds to, and the queues and figures that it leaves full of rows that are gone.
const filled = [
  "ioc",
  "sighting",
  "sighting_record",
  "publication",
  "article",
  "article_ioc",
  "ioc_facet",
  "ioc_hour",
  "ioc_change",
  "ioc_tally_change",
] as const;

/** Rows that have come or changed, at least, before a table is analysed again: not for every small pull. */
const leastChanged = 20_000;
/** Or this share of the rows that were there when it was last analysed. */
const leastShare = 0.2;

/** What has come since waits beside an index of this kind, and every search reads all of that. */
const tidy = `SELECT gin_clean_pending_list(name::regclass)
  FROM unnest('{ioc_value_trgm_idx,ioc_tags_sources_categories_industries_idx,article_search_idx}'::text[]) AS name`;

/**
 * Analyses the tables that have been filled since they last were, as autovacuum would where it is on and has had its turn:
 * a planner without statistics chooses badly. A sample of 30,000 rows each, whatever their size, and no lock that an
 * ingest or a list waits for. Queues are vacuumed with it, for what was taken out of them is read past at each look.
 * Gives their names. Any number of nodes may call it; what one has analysed is done.
 */
export async function analyseIngested(ctx: Pick<Context, "sql" | "log">): Promise<string[]> {
  const rows = await ctx.sql.query<{ name: string }>(
    `SELECT relname AS name FROM pg_stat_user_tables
     WHERE schemaname = current_schema() AND relname = ANY ($1::text[])
       AND n_mod_since_analyze >= GREATEST($2::float8, $3::float8 * GREATEST(
         (SELECT reltuples FROM pg_class WHERE oid = relid), 0))`,
    [filled, leastChanged, leastShare],
  );
  await ctx.sql.query(tidy);
  const names: string[] = [];
  for (const { name } of rows) {
    const isQueue = name === "ioc_change" || name === "ioc_tally_change";
    // Another node may be at it, and a table is not worth waiting for.
    await ctx.sql.query(`${isQueue ? "VACUUM (ANALYZE, SKIP_LOCKED)" : "ANALYZE (SKIP_LOCKED)"} ${name}`);
    names.push(name);
  }
  if (names.length > 0) ctx.log.info({ tables: names }, "tables that were filled have been analysed");
  return names;
}
