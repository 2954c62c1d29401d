import type { Context } from "../context";
import { withAdvisoryLock } from "../lib";
import { facetFields } from "./tally";

type Folded = { folded: number; full: boolean };

// What was taken is gone with this statement, and what it says is in the figures: readers see both or neither.
const statement = `
WITH taken AS (
  DELETE FROM ioc_tally_change WHERE seq = ANY (ARRAY(SELECT seq FROM ioc_tally_change ORDER BY seq LIMIT $1::int)) RETURNING *
), state AS (
  UPDATE ioc_tally SET fold = fold + 1, folded = folded + (SELECT count(*) FROM taken) RETURNING fold
), facets AS (
  INSERT INTO ioc_facet AS f (facet, type, confidence, risk_score, warned, withdrawn, sources, categories, industries, n, fold)
  SELECT ${facetFields}, sum(n), (SELECT fold FROM state) FROM taken WHERE facet IS NOT NULL GROUP BY facet
  ON CONFLICT (facet) DO UPDATE SET n = f.n + EXCLUDED.n, fold = EXCLUDED.fold
), hours AS (
  INSERT INTO ioc_hour AS h (hour, warned, withdrawn, n, fold)
  SELECT hour, warned, withdrawn, sum(n), (SELECT fold FROM state) FROM taken WHERE hour IS NOT NULL GROUP BY 1, 2, 3
  ON CONFLICT (hour, warned, withdrawn) DO UPDATE SET n = h.n + EXCLUDED.n, fold = EXCLUDED.fold
)
SELECT count(*)::int AS n FROM taken`;

/**
 * Adds the changes that wait to the figures of facets and hours, one process at a time, so that few wait to be read with
 * every list. Returns at once when another process is at it; a killed one leaves all as it was.
 */
export async function foldTally(
  ctx: Pick<Context, "sql">,
  { batch = 20_000 }: { batch?: number } = {},
): Promise<Folded> {
  const [waiting] = await ctx.sql.query("SELECT seq FROM ioc_tally_change LIMIT 1");
  if (!waiting) return { folded: 0, full: false };
  const folded = await withAdvisoryLock(ctx, "tocsin ioc tally", async (tx) => {
    const [row] = await tx.query<{ n: number }>(statement, [batch]);
    return row?.n ?? 0;
  });
  return { folded: folded ?? 0, full: folded === batch };
}
