import type { Context } from "../context";
import { recordId } from "../values";
import { graceDays } from "./age-iocs";
import { confidenceSql, nextStepSql, type RiskColumns, riskScoreSql, storedColumns } from "./score-sql";

export type Retracted = {
  /** Sightings that no record of the feed stands behind any more. */
  ended: number;
  /** IOCs that no source stands for any more. */
  withdrawn: number;
};

const facts: RiskColumns = { ...storedColumns, withdrawn: "rest.ends", now: "$3::timestamptz" };

/** $1 feed, $2 records; the IOCs that nothing else of the feed stands behind. */
const forget = `
WITH gone AS (
  DELETE FROM sighting_record WHERE feed_id = $1::text AND record = ANY ($2::uuid[]) RETURNING ioc_id
)
SELECT DISTINCT ioc_id AS id FROM gone
WHERE NOT EXISTS (
  SELECT FROM sighting_record r
  WHERE r.ioc_id = gone.ioc_id AND r.feed_id = $1::text AND r.record <> ALL ($2::uuid[])
)`;

/** A source whose time is over is waited for as by the sweep, where nobody could ask it since. */
const awaited = `s.valid_until > $3::timestamptz - interval '${graceDays * 24} hours'
      AND EXISTS (SELECT FROM feed f WHERE f.id = s.feed_id AND f.enabled AND COALESCE(f.last_success_at < s.valid_until, true))`;

/**
 * $1 feed, $2 IOCs, $3 now. The feed's sightings end; an IOC ends with the last of its other sources, at once where there
 * is none. What has ended already is left as it is.
 */
const end = `
WITH ended AS (
  UPDATE sighting SET valid_until = $3::timestamptz(3)
  WHERE feed_id = $1::text AND ioc_id = ANY ($2::uuid[]) AND COALESCE(valid_until > $3::timestamptz, true)
  RETURNING ioc_id
), rest AS (
  SELECT ended.ioc_id AS id,
    CASE WHEN count(s.ioc_id) = 0 THEN $3::timestamptz(3)
      WHEN bool_and(s.valid_until IS NOT NULL) THEN max(s.valid_until) END AS valid_until,
    COALESCE(bool_and(s.valid_until <= $3::timestamptz AND NOT (${awaited})), true) AS ends
  FROM ended LEFT JOIN sighting s ON s.ioc_id = ended.ioc_id AND s.feed_id <> $1::text
  GROUP BY ended.ioc_id
), changed AS (
  UPDATE ioc SET valid_until = rest.valid_until,
    risk_score = ${riskScoreSql(facts)}, confidence = ${confidenceSql(facts)},
    stale_at = CASE WHEN NOT rest.ends THEN LEAST(${nextStepSql(facts)}, rest.valid_until) END,
    withdrawn_at = CASE WHEN rest.ends THEN $3::timestamptz END,
    updated_at = GREATEST(ioc.updated_at + interval '1 millisecond', $3::timestamptz)
  FROM rest WHERE ioc.id = rest.id AND ioc.withdrawn_at IS NULL
    AND (rest.ends OR rest.valid_until IS DISTINCT FROM ioc.valid_until)
  RETURNING ioc.id, rest.ends
), queued AS (
  INSERT INTO ioc_change (ioc_id) SELECT id FROM changed
)
SELECT (SELECT count(*) FROM ended)::int AS ended, (SELECT count(*) FROM changed WHERE ends)::int AS withdrawn`;

/**
 * Ends what a feed says in records that it has revoked, at most 5,000 a call. A record that it never listed, or revoked
 * before, ends nothing.
 */
export async function retractRecords(
  ctx: Pick<Context, "sql" | "now">,
  { feedId, records }: { feedId: string; records: readonly string[] },
): Promise<Retracted> {
  const ids = [...new Set(records.map(recordId))];
  return ctx.sql.begin(async (tx) => {
    const alone = (await tx.query<{ id: string }>(forget, [feedId, ids])).map(({ id }) => id);
    if (alone.length === 0) return { ended: 0, withdrawn: 0 };
    // Locked before the other sources are looked at: one that another node is adding is seen, or waits and comes after.
    await tx.query("SELECT id FROM ioc WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", [alone]);
    const [counts] = await tx.query<Retracted>(end, [feedId, alone, ctx.now().toISOString()]);
    return counts ?? { ended: 0, withdrawn: 0 };
  });
}
