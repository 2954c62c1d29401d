import { createHash } from "node:crypto";
import type { Context } from "../context";
import type { FeedStanding } from "./forget-feeds";
import { trustSql } from "./reputation";
import { recencySteps, riskFormula } from "./risk-formula";
import { confidenceSql, nextStepSql, type RiskColumns, riskScoreSql, storedColumns } from "./score-sql";

export type Rescored = { read: number; changed: number; done: boolean };

const first = "00000000-0000-0000-0000-000000000000";

// What has ended keeps the score that it ended with: pollers were told of it for the last time.
const standings = "unnest($3::text[], $4::int2[], $5::text[]) AS v(id, reputation, voice)";
const trust = `(SELECT max(${trustSql("v.reputation", "f.category", "f.record")})
      FROM unnest(listing.sources) AS s(id) JOIN feed f ON f.id = s.id LEFT JOIN ${standings} ON v.id = s.id)::int2`;
const voices = `(SELECT count(DISTINCT COALESCE(v.voice, s.id)) FROM unnest(listing.sources) AS s(id)
      LEFT JOIN ${standings} ON v.id = s.id)::int2`;
const facts: RiskColumns = {
  ...storedColumns,
  reputation: "held.trust",
  independentSources: "held.voices",
  now: "$6::timestamptz",
};
const anew: RiskColumns = {
  ...storedColumns,
  reputation: "page.trust",
  independentSources: "page.voices",
  now: "$6::timestamptz",
};

/**
 * $1 the id before the batch, $2 its length, $3 to $5 feeds with their reputations (null = their category's) and the names
 * under which they count as sources, $6 now. By ascending id, as an ingest locks rows, so that neither waits for the other
 * in a ring; only rows that come to something else are locked. What sources come to is worked out once for all rows that
 * have the same.
 */
const statement = `
WITH listed AS MATERIALIZED (
  SELECT id, sources, reputation FROM ioc WHERE id > $1::uuid ORDER BY id LIMIT $2::int
), judged AS MATERIALIZED (
  SELECT sources, ${trust} AS trust, ${voices} AS voices FROM (SELECT DISTINCT sources FROM listed) listing
), page AS MATERIALIZED (
  SELECT id, COALESCE(trust, reputation) AS trust, voices FROM listed JOIN judged USING (sources)
), held AS MATERIALIZED (
  SELECT ioc.id, page.trust, page.voices FROM ioc JOIN page USING (id)
  WHERE ioc.withdrawn_at IS NULL AND ioc.id = ANY (ARRAY(
    SELECT ioc.id FROM page JOIN ioc USING (id)
    WHERE ioc.risk_score <> ${riskScoreSql(anew)} OR ioc.confidence <> ${confidenceSql(anew)}
      OR ioc.reputation <> page.trust OR ioc.independent_sources IS DISTINCT FROM page.voices))
  ORDER BY ioc.id FOR UPDATE OF ioc
), changed AS (
  UPDATE ioc SET reputation = held.trust, independent_sources = held.voices, risk_score = ${riskScoreSql(facts)},
    confidence = ${confidenceSql(facts)}, stale_at = LEAST(ioc.stale_at, ${nextStepSql(facts)}),
    updated_at = CASE WHEN ioc.risk_score <> ${riskScoreSql(facts)} OR ioc.confidence <> ${confidenceSql(facts)}
      THEN GREATEST(ioc.updated_at + interval '1 millisecond', $6::timestamptz) ELSE ioc.updated_at END
  FROM held WHERE ioc.id = held.id
  RETURNING ioc.id, ioc.updated_at
), queued AS (
  INSERT INTO ioc_change (ioc_id) SELECT changed.id FROM changed JOIN ioc ON ioc.id = changed.id
  WHERE ioc.updated_at <> changed.updated_at
)
SELECT (SELECT count(*) FROM page)::int AS read, (SELECT count(*) FROM changed)::int AS changed,
  (SELECT max(id::text) FROM page) AS last`;

/**
 * One batch of scoring what is stored by the formula as it is now, and by the reputations that feeds have now: it goes on
 * where the batch before ended, on whatever node that was, and begins anew when either has changed. Only rows that come to
 * another score are published again, once.
 */
export async function rescoreIocs(
  ctx: Pick<Context, "sql" | "now">,
  { feeds, batch = 5_000 }: { feeds: readonly FeedStanding[]; batch?: number },
): Promise<Rescored> {
  return ctx.sql.begin(async ({ query }) => {
    const formula = await fingerprintOf({ query }, feeds);
    const after = await findPlace({ query }, formula);
    if (after === null) return { read: 0, changed: 0, done: true };
    const [row] = await query<{ read: number; changed: number; last: string | null }>(statement, [
      after,
      batch,
      feeds.map(({ id }) => id),
      feeds.map(({ reputation }) => reputation ?? null),
      feeds.map(({ id, kin = [] }) => [id, ...kin].sort()[0]),
      ctx.now().toISOString(),
    ]);
    const { read, changed, last } = row ?? { read: 0, changed: 0, last: null };
    const done = read < batch;
    await query(
      `UPDATE score_marking SET formula = $1, place = $2::uuid,
         finished_at = CASE WHEN $2::uuid IS NULL THEN $3::timestamptz ELSE finished_at END WHERE id = 1`,
      [formula, done ? null : last, ctx.now().toISOString()],
    );
    return { read, changed, done };
  });
}

type Sql = Pick<Context["sql"], "query">;

/** What tells one way to score from another. */
async function fingerprintOf(sql: Sql, feeds: readonly FeedStanding[]): Promise<string> {
  const records = await sql.query<{ id: string; record: number }>(
    "SELECT id, record FROM feed WHERE record <> 0 ORDER BY id",
  );
  const said = feeds.map(({ id, reputation, kin }) => [id, reputation ?? null, [...(kin ?? [])].sort()]);
  said.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  const text = JSON.stringify([riskFormula, recencySteps, said, records]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The id that the next batch comes after, its row locked; null where there is nothing to do, or not by this node now. */
async function findPlace(sql: Sql, formula: string): Promise<string | null> {
  // Most looks find nothing to do, and lock and write nothing.
  const [known] = await sql.query<State>("SELECT formula, place FROM score_marking WHERE id = 1");
  if (known && isDone(known, formula)) return null;
  await sql.query("INSERT INTO score_marking (id, formula, place) VALUES (1, '', NULL) ON CONFLICT DO NOTHING");
  const [state] = await sql.query<State>(
    "SELECT formula, place FROM score_marking WHERE id = 1 FOR UPDATE SKIP LOCKED",
  );
  // Another node is at it.
  if (!state || isDone(state, formula)) return null;
  return (state.formula === formula ? state.place : null) ?? first;
}

type State = { formula: string; place: string | null };
const isDone = (state: State, formula: string) => state.formula === formula && state.place === null;
