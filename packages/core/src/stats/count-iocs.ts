import type { SqlQuery } from "@tocsin/db";
import { dayMs } from "../lib";

export type Counted = { name: string; n: number };
export type IocCounts = {
  totals: { iocs: number; active: number; on_warninglists: number; last_24h: number; last_7d: number };
  types: Counted[];
  confidences: Counted[];
  sources: Counted[];
  categories: Counted[];
  techniques: Counted[];
  days: Counted[];
};

/** UTC days that are shown one by one. */
export const shownDays = 7;

/** Megabytes: the groups of one pass fit, so that nothing is sorted on disk. */
const memory = 128;

/** Every count of IOCs, out of one pass over their table. */
export async function countIocs(query: SqlQuery, now: Date): Promise<IocCounts> {
  await query(`SET LOCAL work_mem = '${memory}MB'`);
  await query("SET LOCAL enable_sort = off");
  const firstDay = new Date(Math.floor(now.getTime() / dayMs) * dayMs - (shownDays - 1) * dayMs);
  const [row] = await query<{ counts: IocCounts }>(statement, [
    new Date(now.getTime() - dayMs).toISOString(),
    new Date(now.getTime() - 7 * dayMs).toISOString(),
    firstDay.toISOString(),
  ]);
  await query("SET LOCAL enable_sort = on");
  if (!row) throw new Error("the IOCs could not be counted");
  return row.counts;
}

const listOf = (name: string, from: string) =>
  `(SELECT COALESCE(jsonb_agg(jsonb_build_object('name', name, 'n', n)), '[]') FROM (
     SELECT ${name} AS name, sum(n) AS n FROM ${from} WHERE active GROUP BY 1) AS counted)`;

// Few values of few columns: many rows make few groups, and all that follows is of these.
const statement = `
  WITH groups AS MATERIALIZED (
    SELECT type, confidence, sources, categories, mitre_techniques, withdrawn_at IS NULL AS active,
      COALESCE(cardinality(warnings), 0) > 0 AS warned,
      CASE WHEN created_at >= $3::timestamptz THEN (created_at AT TIME ZONE 'UTC')::date END AS day,
      count(*) AS n,
      count(*) FILTER (WHERE created_at > $1::timestamptz) AS last_24h,
      count(*) FILTER (WHERE created_at > $2::timestamptz) AS last_7d
    FROM ioc GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  )
  SELECT jsonb_build_object(
    'totals', (SELECT jsonb_build_object(
      'iocs', COALESCE(sum(n), 0), 'active', COALESCE(sum(n) FILTER (WHERE active), 0),
      'on_warninglists', COALESCE(sum(n) FILTER (WHERE active AND warned), 0),
      'last_24h', COALESCE(sum(last_24h) FILTER (WHERE active), 0),
      'last_7d', COALESCE(sum(last_7d) FILTER (WHERE active), 0)) FROM groups),
    'types', ${listOf("type", "groups")},
    'confidences', ${listOf("confidence::text", "groups")},
    'sources', ${listOf("word", "groups, unnest(sources) AS word")},
    'categories', ${listOf("word", "groups, unnest(ARRAY(SELECT DISTINCT unnest(categories))) AS word")},
    'techniques', ${listOf("word", "groups, unnest(mitre_techniques) AS word")},
    'days', ${listOf("day::text", "(SELECT * FROM groups WHERE day IS NOT NULL) AS recent")}
  ) AS counts`;
