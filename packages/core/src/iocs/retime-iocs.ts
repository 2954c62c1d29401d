import type { Context } from "../context";
import { confidenceSql, nextStepSql, type RiskColumns, riskScoreSql, storedColumns } from "./score-sql";

const facts: RiskColumns = {
  ...storedColumns,
  firstSeen: "told.first_seen",
  lastSeen: "told.last_seen",
  withdrawn: "(ioc.withdrawn_at IS NOT NULL OR told.is_over)",
  now: "$2::timestamptz",
};

/** $1 IOCs, $2 now. An IOC's times become those of its sightings, which may be earlier than they were. */
const retime = `
WITH told AS (
  SELECT ioc_id, min(first_seen) AS first_seen, max(last_seen) AS last_seen,
    CASE WHEN bool_and(valid_until IS NOT NULL) THEN max(valid_until) END AS valid_until,
    bool_and(COALESCE(valid_until <= $2::timestamptz, false)) AS is_over
  FROM sighting WHERE ioc_id = ANY ($1::uuid[]) GROUP BY ioc_id
), changed AS (
  UPDATE ioc SET first_seen = told.first_seen, last_seen = told.last_seen, valid_until = told.valid_until,
    risk_score = ${riskScoreSql(facts)}, confidence = ${confidenceSql(facts)},
    stale_at = CASE WHEN NOT ${facts.withdrawn} THEN LEAST(${nextStepSql(facts)}, told.valid_until) END,
    withdrawn_at = CASE WHEN ${facts.withdrawn} THEN COALESCE(ioc.withdrawn_at, $2::timestamptz) END,
    updated_at = GREATEST(ioc.updated_at + interval '1 millisecond', $2::timestamptz)
  FROM told WHERE ioc.id = told.ioc_id
    AND (ioc.first_seen, ioc.last_seen, ioc.valid_until) IS DISTINCT FROM (told.first_seen, told.last_seen, told.valid_until)
  RETURNING ioc.id
)
INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`;

/**
 * Gives IOCs the times of their sightings after those of a feed moved back. Stopped before its end, the feed's next
 * reading of the same file does it again: a sighting is done only with its IOC.
 */
export async function retimeIocs(
  ctx: Pick<Context, "sql" | "now">,
  { feedId, ids }: { feedId: string; ids: readonly string[] },
): Promise<void> {
  await ctx.sql.begin(async ({ query }) => {
    // As an ingest locks them.
    await query("SELECT id FROM ioc WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", [ids]);
    await query(retime, [ids, ctx.now().toISOString()]);
    await query("UPDATE sighting SET times = 'own' WHERE ioc_id = ANY ($1::uuid[]) AND feed_id = $2::text", [
      ids,
      feedId,
    ]);
  });
}
