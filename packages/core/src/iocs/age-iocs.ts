import type { Context } from "../context";
import { confidenceSql, nextStepSql, type RiskColumns, riskScoreSql } from "./score-sql";

export type Aged = {
  /** Rows whose time had come. */
  due: number;
  /** Of them those that now say something else, withdrawn ones included. */
  changed: number;
  withdrawn: number;
  /** Whether more are likely due. */
  full: boolean;
};

/** Days past its end for which a value waits for a source that cannot be reached. */
export const graceDays = 30;

const facts: RiskColumns = {
  type: "due.type",
  value: "due.value",
  stated: "due.stated",
  certainty: "due.certainty",
  reputation: "due.reputation",
  independentSources: "COALESCE(due.independent_sources, due.sources_count)",
  active: "due.active",
  company: "due.company",
  firstSeen: "due.first_seen",
  lastSeen: "due.last_seen",
  threatType: "due.threat_type",
  malwareFamily: "due.malware_family",
  warnings: "due.warnings",
  withdrawn: "due.ends",
  now: "$1::timestamptz",
};

/**
 * What a source might list again is not withdrawn while nobody could ask it: not after an outage, of ours or of theirs,
 * and not because pulls fail. A feed that is paused or gone is not waited for.
 */
const silent = `EXISTS (
      SELECT FROM sighting s JOIN feed f ON f.id = s.feed_id
      WHERE s.ioc_id = ioc.id AND f.enabled AND COALESCE(f.last_success_at < ioc.valid_until, true)
    ) AND ioc.valid_until > $1::timestamptz - interval '${graceDays * 24} hours'`;

/**
 * $1 now, $2 most rows. Rows that an ingest holds are passed over, and so is whatever it has just made fresh: the lock
 * reads the latest row. Nothing here waits for a lock, so no order of locks can end in a ring.
 */
const statement = `
WITH due AS (
  SELECT ioc.*, ioc.valid_until < $1::timestamptz AND NOT (${silent}) AS ends FROM ioc
  WHERE id = ANY (ARRAY(SELECT id FROM ioc WHERE stale_at < $1::timestamptz ORDER BY stale_at LIMIT $2::int))
    AND stale_at < $1::timestamptz
  ORDER BY id FOR UPDATE SKIP LOCKED
), judged AS (
  SELECT due.id, ends, ${riskScoreSql(facts)} AS risk_score, ${confidenceSql(facts)} AS confidence,
    CASE WHEN NOT ends IS TRUE THEN LEAST(${nextStepSql(facts)},
      GREATEST(valid_until, CASE WHEN valid_until < $1::timestamptz THEN $1::timestamptz + interval '24 hours' END)) END AS stale_at,
    ends IS TRUE OR due.risk_score <> ${riskScoreSql(facts)} OR due.confidence <> ${confidenceSql(facts)} AS changes
  FROM due
), aged AS (
  UPDATE ioc SET risk_score = judged.risk_score, confidence = judged.confidence, stale_at = judged.stale_at,
    withdrawn_at = CASE WHEN judged.ends THEN $1::timestamptz ELSE ioc.withdrawn_at END,
    updated_at = CASE WHEN judged.changes THEN GREATEST(ioc.updated_at + interval '1 millisecond', $1::timestamptz)
      ELSE ioc.updated_at END
  FROM judged WHERE ioc.id = judged.id
  RETURNING ioc.id, judged.changes, judged.ends
), queued AS (
  INSERT INTO ioc_change (ioc_id) SELECT id FROM aged WHERE changes
)
SELECT count(*)::int AS due, (count(*) FILTER (WHERE changes))::int AS changed,
  (count(*) FILTER (WHERE ends))::int AS withdrawn
FROM aged`;

/**
 * Lets time pass over what is stored, at most `batch` rows a call: scores take their next step, and what no source stands
 * for any more is withdrawn. Any number of nodes may do it at once.
 */
export async function ageIocs(
  ctx: Pick<Context, "sql" | "now">,
  { batch = 1_000 }: { batch?: number } = {},
): Promise<Aged> {
  const [row] = await ctx.sql.query<Omit<Aged, "full">>(statement, [ctx.now().toISOString(), batch]);
  const { due, changed, withdrawn } = row ?? { due: 0, changed: 0, withdrawn: 0 };
  return { due, changed, withdrawn, full: due === batch };
}
