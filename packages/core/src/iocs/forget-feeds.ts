import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { type IocType, type Tlp, tlps } from "../values";
import { maxTags } from "./batch";
import { trustSql } from "./reputation";
import { certaintySql, confidenceSql, nextStepSql, type RiskColumns, riskScoreSql, storedColumns } from "./score-sql";

/** What the merge knows of a feed and its sightings do not say. */
export type FeedStanding = {
  id: string;
  tlp: Tlp;
  reputation?: number | undefined;
  kin?: readonly string[] | undefined;
};

export type Forgotten = { iocs: number; withdrawn: number; full: boolean };

const ended: RiskColumns = { ...storedColumns, withdrawn: "true", now: "$2::timestamptz" };
const facts: RiskColumns = {
  ...storedColumns,
  stated: "left_over.stated",
  certainty: "left_over.certainty",
  reputation: "left_over.reputation",
  independentSources: "left_over.independent_sources",
  active: "left_over.active",
  company: "left_over.company",
  firstSeen: "left_over.first_seen",
  lastSeen: "left_over.last_seen",
  threatType: "left_over.threat_type",
  malwareFamily: "left_over.malware_family",
  now: "$2::timestamptz",
};

/** The first source to say so, in the order in which they reported it. */
const firstOf = (column: string) =>
  `(array_agg(s.${column} ORDER BY s.place) FILTER (WHERE s.${column} IS NOT NULL))[1]`;
const wordsOf = (column: string) =>
  `(SELECT array_agg(word ORDER BY word) FROM (SELECT DISTINCT unnest(o.${column}) AS word FROM sighting o
     WHERE o.ioc_id = s.ioc_id LIMIT ${maxTags}) AS words)`;

/**
 * $1 IOCs, $2 now, $3 to $5 feeds with their reputations (null = their category's) and TLP labels, $6 the labels in their
 * order, $7 the feeds to forget, $8 the name under which each of the others counts as a source. Each IOC becomes what its
 * sightings say, as if nobody else had ever reported it; at which industries it is aimed, they do not say.
 */
const retell = (industries: string) => `
WITH told AS (
  SELECT s.*, array_position(ioc.sources, s.feed_id) AS place, ${trustSql("f.reputation", "s.category", "COALESCE(w.record, 0)")} AS trust,
    COALESCE(f.voice, s.feed_id) AS voice,
    CASE WHEN f.tlp IS NOT NULL
      THEN GREATEST(array_position($6::text[], f.tlp), array_position($6::text[], s.tlp)) END AS rank
  FROM ioc JOIN sighting s ON s.ioc_id = ioc.id
  LEFT JOIN unnest($3::text[], $4::int2[], $5::text[], $8::text[]) AS f(id, reputation, tlp, voice) ON f.id = s.feed_id
  LEFT JOIN feed w ON w.id = s.feed_id
  WHERE ioc.id = ANY ($1::uuid[])
), left_over AS (
  SELECT s.ioc_id, max(s.confidence)::int2 AS stated, max(s.trust)::int2 AS reputation, count(*)::int2 AS sources_count,
    count(DISTINCT s.voice)::int2 AS independent_sources, max(${certaintySql("s.certainty", "s.confidence")})::int2 AS certainty,
    (array_agg(s.active ORDER BY s.last_seen DESC, s.active) FILTER (WHERE s.active IS NOT NULL))[1] AS active,
    max(s.company)::int2 AS company, min(s.first_seen) AS first_seen, max(s.last_seen) AS last_seen, array_agg(s.feed_id ORDER BY s.place) AS sources,
    ARRAY(SELECT DISTINCT o.category FROM sighting o WHERE o.ioc_id = s.ioc_id) AS categories,
    COALESCE(${wordsOf("tags")}, '{}') AS tags, COALESCE(${wordsOf("mitre_techniques")}, '{}') AS mitre_techniques,
    ${firstOf("threat_type")} AS threat_type, ${firstOf("malware_family")} AS malware_family,
    (array_agg(s.reference_url ORDER BY s.place))[1] AS reference_url, (array_agg(s.context ORDER BY s.place))[1] AS context,
    (array_agg(s.article_id ORDER BY s.place))[1] AS article_id, max(s.rank) AS rank, bool_and(s.rank IS NOT NULL) AS ranked,
    CASE WHEN bool_and(s.valid_until IS NOT NULL) THEN max(s.valid_until) END AS valid_until
  FROM told s GROUP BY s.ioc_id
), changed AS (
  UPDATE ioc SET stated = left_over.stated, reputation = left_over.reputation, sources_count = left_over.sources_count,
    certainty = left_over.certainty, independent_sources = left_over.independent_sources, active = left_over.active,
    company = left_over.company,
    first_seen = left_over.first_seen, last_seen = left_over.last_seen, sources = left_over.sources,
    categories = left_over.categories, tags = left_over.tags, mitre_techniques = left_over.mitre_techniques,
    threat_type = left_over.threat_type, malware_family = left_over.malware_family,
    reference_url = left_over.reference_url, context = left_over.context, article_id = left_over.article_id,
    tlp = CASE WHEN left_over.ranked THEN ($6::text[])[left_over.rank] ELSE ioc.tlp END,
    industries = ${industries},
    valid_until = left_over.valid_until, risk_score = ${riskScoreSql(facts)}, confidence = ${confidenceSql(facts)},
    stale_at = CASE WHEN ioc.withdrawn_at IS NULL THEN LEAST(${nextStepSql(facts)}, left_over.valid_until) END,
    updated_at = GREATEST(ioc.updated_at + interval '1 millisecond', $2::timestamptz)
  FROM left_over WHERE ioc.id = left_over.ioc_id
  RETURNING ioc.id
)
INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`;

const industriesOfArticles = `ARRAY(SELECT DISTINCT unnest(a.industry_tags) FROM article_ioc n JOIN article a ON a.id = n.article_id
      WHERE n.ioc_id = ioc.id AND a.feed_id <> ALL ($7::text[]))`;

/** $1 IOCs, $2 now. Those that nothing is said of any more end with the facts that they had. */
const withdraw = `
WITH changed AS (
  UPDATE ioc SET withdrawn_at = $2::timestamptz, valid_until = LEAST(valid_until, $2::timestamptz), stale_at = NULL,
    risk_score = ${riskScoreSql(ended)}, updated_at = GREATEST(updated_at + interval '1 millisecond', $2::timestamptz)
  WHERE id = ANY ($1::uuid[]) AND withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM sighting s WHERE s.ioc_id = ioc.id)
  RETURNING id
), queued AS (
  INSERT INTO ioc_change (ioc_id) SELECT id FROM changed
)
SELECT count(*)::int AS n FROM changed`;

/** Something these feeds still say, or that came back after they had ended it. */
const marked = `
SELECT id FROM ioc WHERE sources && $1::text[]
  AND (withdrawn_at IS NULL OR EXISTS (SELECT FROM sighting s WHERE s.ioc_id = ioc.id AND s.feed_id = ANY ($1::text[])))
ORDER BY id LIMIT $2::int`;

/**
 * Takes back all that feeds have ever said, at most `batch` IOCs a call: what others report too keeps their word alone,
 * with its score anew; the rest is withdrawn and published as revoked. A call for a batch that is done does nothing.
 */
export async function forgetFeeds(
  ctx: Pick<Context, "sql" | "now">,
  { feedIds, others, batch = 1_000 }: { feedIds: readonly string[]; others: readonly FeedStanding[]; batch?: number },
): Promise<Forgotten> {
  return ctx.sql.begin(async ({ query }) => {
    const ids = (await query<{ id: string }>(marked, [feedIds, batch])).map(({ id }) => id);
    if (ids.length === 0) return { iocs: 0, withdrawn: 0, full: false };
    // As an ingest locks them; one that is adding a source comes before or after.
    await query("SELECT id FROM ioc WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", [ids]);
    await query("DELETE FROM sighting WHERE ioc_id = ANY ($1::uuid[]) AND feed_id = ANY ($2::text[])", [ids, feedIds]);
    await query("DELETE FROM sighting_record WHERE ioc_id = ANY ($1::uuid[]) AND feed_id = ANY ($2::text[])", [
      ids,
      feedIds,
    ]);
    const withdrawn = await conclude(query, { ids, feedIds, others, at: ctx.now().toISOString() });
    return { iocs: ids.length, withdrawn, full: ids.length === batch };
  });
}

/** $1 feed, $2 types, $3 now, $4 most. What the feed lists no more, and others still stand for. */
const endedAmongOthers = `
SELECT ioc.id FROM ioc JOIN sighting s ON s.ioc_id = ioc.id AND s.feed_id = $1::text
WHERE ioc.type = ANY ($2::text[]) AND ioc.withdrawn_at IS NULL AND s.valid_until <= $3::timestamptz
  AND EXISTS (SELECT FROM sighting o WHERE o.ioc_id = ioc.id AND o.feed_id <> $1::text
    AND COALESCE(o.valid_until > $3::timestamptz, true))
ORDER BY ioc.id LIMIT $4::int`;

/**
 * Takes back what a feed said of values that have left it and that others still report, at most `batch` a call: its tags,
 * confidence and reputation go with it. What it alone reported is withdrawn by its age (age-iocs).
 */
export async function forgetEnded(
  ctx: Pick<Context, "sql" | "now">,
  input: { feedId: string; types: readonly IocType[]; others: readonly FeedStanding[]; batch?: number },
): Promise<{ iocs: number; full: boolean }> {
  const { feedId, types, others, batch = 1_000 } = input;
  return ctx.sql.begin(async ({ query }) => {
    const at = ctx.now().toISOString();
    const ids = (await query<{ id: string }>(endedAmongOthers, [feedId, types, at, batch])).map(({ id }) => id);
    if (ids.length === 0) return { iocs: 0, full: false };
    await query("SELECT id FROM ioc WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", [ids]);
    await query("DELETE FROM sighting WHERE ioc_id = ANY ($1::uuid[]) AND feed_id = $2::text", [ids, feedId]);
    // A catalog of vulnerabilities names no industries, an advisory beside it may.
    const industries = "CASE WHEN $7::text[] IS NOT NULL THEN ioc.industries END";
    await conclude(query, { ids, feedIds: [feedId], others, at, industries });
    return { iocs: ids.length, full: ids.length === batch };
  });
}

async function conclude(
  query: SqlQuery,
  {
    ids,
    feedIds,
    others,
    at,
    industries = industriesOfArticles,
  }: { ids: string[]; feedIds: readonly string[]; others: readonly FeedStanding[]; at: string; industries?: string },
): Promise<number> {
  await query(retell(industries), [
    ids,
    at,
    others.map(({ id }) => id),
    others.map(({ reputation }) => reputation ?? null),
    others.map(({ tlp }) => tlp),
    tlps,
    feedIds,
    others.map(({ id, kin = [] }) => [id, ...kin].sort()[0]),
  ]);
  const [row] = await query<{ n: number }>(withdraw, [ids, at]);
  return row?.n ?? 0;
}
