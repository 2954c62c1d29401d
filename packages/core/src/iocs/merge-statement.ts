import { maxTags } from "./batch";
import { certaintySql, confidenceSql, nextStepSql, type RiskColumns, riskScoreSql } from "./score-sql";
import { tlpRankSql } from "./tlp-rank";

// Lists print the first source's reference and context.
const firstSource = "i.sources[1] = EXCLUDED.sources[1]";
// It was withdrawn, and a source stands for it again.
const returns =
  "(i.withdrawn_at IS NOT NULL AND COALESCE(EXCLUDED.valid_until > EXCLUDED.updated_at, EXCLUDED.valid_until IS NULL))";

// What a log or an archive says may be over before it comes here.
const isOver = "COALESCE(valid_until <= $21::timestamptz, false)";

const sourcesCount = "(i.sources_count + (NOT i.sources @> EXCLUDED.sources)::int)";
// The first of the feeds that say one thing makes it a source more.
const independentSources =
  "(COALESCE(i.independent_sources, i.sources_count) + (NOT i.sources && $27::text[])::int)::int2";
// The later word counts; of two of one time, that it did not answer.
const active = laterState("i");
const fresh: RiskColumns = {
  type: "type",
  value: "value",
  stated: "confidence",
  certainty: "certainty",
  reputation: "$20::int2",
  independentSources: "1",
  active: "active",
  company: "company",
  firstSeen: "first_seen",
  lastSeen: "last_seen",
  threatType: "threat_type",
  malwareFamily: "malware_family",
  warnings: "warnings",
  withdrawn: isOver,
  now: "$21::timestamptz",
};
const merged: RiskColumns = {
  type: "i.type",
  value: "i.value",
  stated: "GREATEST(i.stated, EXCLUDED.stated)",
  certainty: `GREATEST(${certaintySql("i.certainty", "i.stated")}, EXCLUDED.certainty)`,
  reputation: "GREATEST(i.reputation, EXCLUDED.reputation)",
  independentSources,
  active,
  company: "GREATEST(i.company, EXCLUDED.company)",
  firstSeen: "LEAST(i.first_seen, EXCLUDED.first_seen)",
  lastSeen: "GREATEST(i.last_seen, EXCLUDED.last_seen)",
  threatType: "COALESCE(i.threat_type, EXCLUDED.threat_type)",
  malwareFamily: "COALESCE(i.malware_family, EXCLUDED.malware_family)",
  warnings: "COALESCE(EXCLUDED.warnings, i.warnings)",
  withdrawn: `(i.withdrawn_at IS NOT NULL AND NOT ${returns})`,
  now: "EXCLUDED.updated_at",
};

const optional = ["threat_type", "malware_family", "reference_url", "context", "article_id"];

/**
 * The one statement of an ingest. Parameters: $1 uuid[] ids, $2 types, $3 values, $4 int2[] words of the sources, $5 and $6
 * int8[] first and last seen in milliseconds, $7 tags, $8 techniques, $9 threat types, $10 families, $11 references, $12
 * contexts, $13 warnings (null = unknown), $14 industries, $15 uuid[] articles, $16 int4[] lifetimes in seconds (null = for
 * ever); $17 feed id, $18 its category, $19 its TLP, $20 its reputation, $21 now, $22 the time of the listing (long ago for
 * what no listing renews), $23 the rows' own labels where they are stricter than $19 (null = none is), $24 int2[] how sure the
 * source is, $25 bool[] whether it answered, $26 int2[] others of its host or network beside it, $27 text[] the feed and those
 * it is one source with, $28 whether its times are its own and no pull's. Columns of texts are one text each: U+001E between rows, U+001F within a list, U+001D for null and for an empty list.
 *
 * - Rows go in by ascending id, so two nodes lock them in the same order and never wait for each other in a ring.
 * - What the feed has said before is left out first: it costs a probe, not a lock. The LIMIT keeps it a probe for each
 *   row; a planner free to choose reads all sightings while they are fewer than a million.
 * - An IOC is merged from its own latest row and EXCLUDED alone. ON CONFLICT reads the latest row under its lock, a
 *   query would read the statement's snapshot and could lose the source that another node has just added.
 */
export const mergeStatement = `
WITH input AS (
  SELECT t.id, t.type, t.value, t.confidence, ${time("t.first_seen")} AS first_seen, ${time("t.last_seen")} AS last_seen,
         ${list("t.tags")} AS tags, ${list("t.techniques")} AS mitre_techniques,
         t.threat_type, t.malware_family, t.reference_url, t.context, t.article_id, $18::text AS category, t.tlp,
         t.certainty, t.active, t.company,
         CASE WHEN $13::text IS NOT NULL THEN ${list("t.warnings")} END AS warnings, ${list("t.industries")} AS industries,
         GREATEST(${time("t.last_seen")}, $22::timestamptz(3)) + t.lifetime * interval '1 second' AS valid_until
  FROM unnest($1::uuid[], ${texts(2)}, ${texts(3)}, $4::int2[], $5::int8[], $6::int8[], ${texts(7)}, ${texts(8)},
              ${texts(9)}, ${texts(10)}, ${texts(11)}, ${texts(12)}, ${texts(13)}, ${texts(14)}, $15::uuid[], $16::int4[],
              ${texts(23)}, $24::int2[], $25::bool[], $26::int2[])
    AS t(id, type, value, confidence, first_seen, last_seen, tags, techniques, threat_type, malware_family, reference_url,
         context, warnings, industries, article_id, lifetime, tlp, certainty, active, company)
), news AS MATERIALIZED (
  SELECT input.*, ${isToRetime("s")} AS retimed FROM input
  LEFT JOIN LATERAL (
    SELECT * FROM sighting WHERE ioc_id = input.id AND feed_id = $17::text LIMIT 1
  ) s ON true
  WHERE s.ioc_id IS NULL OR ${sightingDiffers("input")} OR ${isToRetime("s")}
  ORDER BY input.id
), seen AS (
  INSERT INTO sighting AS s (ioc_id, feed_id, category, confidence, first_seen, last_seen, tags, mitre_techniques,
                             threat_type, malware_family, reference_url, context, valid_until, article_id, tlp, certainty, active, company,
                             times)
  SELECT id, $17::text, category, confidence, first_seen, last_seen, tags, mitre_techniques,
         threat_type, malware_family, reference_url, context, valid_until, article_id, tlp, certainty, active, company,
         CASE WHEN $28::boolean THEN 'own' ELSE 'pull' END
  FROM news ORDER BY id
  ON CONFLICT (ioc_id, feed_id) DO UPDATE SET
    category = EXCLUDED.category,
    confidence = CASE WHEN EXCLUDED.last_seen > s.last_seen THEN EXCLUDED.confidence ELSE GREATEST(s.confidence, EXCLUDED.confidence) END,
    certainty = CASE WHEN EXCLUDED.last_seen > s.last_seen THEN EXCLUDED.certainty
      ELSE GREATEST(${certaintySql("s.certainty", "s.confidence")}, EXCLUDED.certainty) END,
    active = ${laterState("s")},
    company = GREATEST(s.company, EXCLUDED.company),
    first_seen = CASE WHEN ${hasPullTimes("s")} THEN EXCLUDED.first_seen ELSE LEAST(s.first_seen, EXCLUDED.first_seen) END,
    last_seen = CASE WHEN ${hasPullTimes("s")} THEN EXCLUDED.last_seen ELSE GREATEST(s.last_seen, EXCLUDED.last_seen) END,
    occurrences = s.occurrences + (EXCLUDED.last_seen > s.last_seen)::int,
    tags = ${union("s.tags", "EXCLUDED.tags")},
    mitre_techniques = ${union("s.mitre_techniques", "EXCLUDED.mitre_techniques")},
    ${optional.map(newer).join(",\n    ")},
    valid_until = CASE WHEN ${hasPullTimes("s")} THEN EXCLUDED.valid_until ELSE ${latest("s.valid_until", "EXCLUDED.valid_until")} END,
    times = CASE WHEN ${hasPullTimes("s")} THEN 'merging' ELSE s.times END,
    tlp = CASE WHEN ${isStricter("EXCLUDED.tlp", "s.tlp")} THEN EXCLUDED.tlp ELSE s.tlp END
  WHERE ${sightingDiffers("EXCLUDED")} OR ${isToRetime("s")}
  RETURNING (xmax = 0) AS is_new
), merged AS (
  INSERT INTO ioc AS i (id, type, value, confidence, stated, first_seen, last_seen, created_at, updated_at, tags,
                        mitre_techniques, industries, threat_type, malware_family, tlp, risk_score, sources_count, sources,
                        categories, reference_url, context, article_id, warnings, reputation, valid_until, stale_at, withdrawn_at,
                        certainty, active, company, independent_sources)
  SELECT id, type, value, ${confidenceSql(fresh)}, confidence, first_seen, last_seen, $21::timestamptz, $21::timestamptz,
         tags, mitre_techniques, industries, threat_type, malware_family, COALESCE(tlp, $19::text), ${riskScoreSql(fresh)},
         1, ARRAY[$17::text], ARRAY[category], reference_url, context, article_id, warnings, $20::int2, valid_until,
         CASE WHEN NOT ${isOver} THEN LEAST(${nextStepSql(fresh)}, valid_until) END,
         CASE WHEN ${isOver} THEN $21::timestamptz END, certainty, active, company, 1
  FROM news ORDER BY id
  ON CONFLICT (id) DO UPDATE SET
    confidence = ${confidenceSql(merged)},
    stated = ${merged.stated},
    first_seen = ${merged.firstSeen},
    last_seen = ${merged.lastSeen},
    updated_at = GREATEST(i.updated_at + interval '1 millisecond', EXCLUDED.updated_at),
    created_at = CASE WHEN ${returns} THEN EXCLUDED.created_at ELSE i.created_at END,
    generation = i.generation + (${returns})::int,
    withdrawn_at = CASE WHEN ${returns} THEN NULL ELSE i.withdrawn_at END,
    valid_until = ${latest("i.valid_until", "EXCLUDED.valid_until")},
    stale_at = CASE WHEN NOT ${merged.withdrawn}
      THEN LEAST(${nextStepSql(merged)}, ${latest("i.valid_until", "EXCLUDED.valid_until")}) END,
    reputation = ${merged.reputation},
    certainty = ${merged.certainty},
    active = ${active},
    company = ${merged.company},
    independent_sources = ${independentSources},
    warnings = ${merged.warnings},
    industries = ${union("i.industries", "EXCLUDED.industries")},
    tags = ${union("i.tags", "EXCLUDED.tags")},
    mitre_techniques = ${union("i.mitre_techniques", "EXCLUDED.mitre_techniques")},
    threat_type = ${merged.threatType},
    malware_family = ${merged.malwareFamily},
    tlp = CASE WHEN ${tlpRankSql("EXCLUDED.tlp")} > ${tlpRankSql("i.tlp")} THEN EXCLUDED.tlp ELSE i.tlp END,
    risk_score = ${riskScoreSql(merged)},
    sources_count = ${sourcesCount},
    sources = CASE WHEN i.sources @> EXCLUDED.sources THEN i.sources ELSE i.sources || EXCLUDED.sources END,
    categories = CASE WHEN i.categories @> EXCLUDED.categories THEN i.categories ELSE i.categories || EXCLUDED.categories END,
    reference_url = CASE WHEN ${firstSource} THEN COALESCE(EXCLUDED.reference_url, i.reference_url) ELSE i.reference_url END,
    context = CASE WHEN ${firstSource} THEN COALESCE(EXCLUDED.context, i.context) ELSE i.context END,
    article_id = CASE WHEN ${firstSource} THEN COALESCE(EXCLUDED.article_id, i.article_id) ELSE i.article_id END
  WHERE EXCLUDED.stated > i.stated OR EXCLUDED.certainty > ${certaintySql("i.certainty", "i.stated")}
    OR ${active} IS DISTINCT FROM i.active OR EXCLUDED.first_seen < i.first_seen OR EXCLUDED.last_seen > i.last_seen
    OR ${grows("i.tags", "EXCLUDED.tags")} OR ${grows("i.mitre_techniques", "EXCLUDED.mitre_techniques")}
    OR NOT i.sources @> EXCLUDED.sources OR NOT i.categories @> EXCLUDED.categories
    OR ${fills("i.threat_type", "EXCLUDED.threat_type")} OR ${fills("i.malware_family", "EXCLUDED.malware_family")}
    OR ${tlpRankSql("EXCLUDED.tlp")} > ${tlpRankSql("i.tlp")}
    OR (${firstSource} AND (COALESCE(EXCLUDED.reference_url <> COALESCE(i.reference_url, ''), false)
                         OR COALESCE(EXCLUDED.context <> COALESCE(i.context, ''), false)))
    OR ${grows("i.industries", "EXCLUDED.industries")} OR EXCLUDED.reputation > i.reputation OR ${returns}
    OR COALESCE(EXCLUDED.warnings <> COALESCE(i.warnings, '{}'), false)
    OR COALESCE(EXCLUDED.valid_until > i.valid_until, EXCLUDED.valid_until IS NULL AND i.valid_until IS NOT NULL)
  RETURNING id, (xmax = 0) AS is_new, withdrawn_at
), queued AS (
  -- What is over already was never promised to a poller, and is not to be taken back.
  INSERT INTO ioc_change (ioc_id) SELECT id FROM merged WHERE NOT (is_new AND withdrawn_at IS NOT NULL)
)
SELECT
  (SELECT count(*) FILTER (WHERE is_new) FROM seen)::int AS sightings_new,
  (SELECT count(*) FILTER (WHERE is_new) FROM merged)::int AS iocs_new,
  (SELECT count(*) FILTER (WHERE NOT is_new) FROM merged)::int AS iocs_changed,
  (SELECT string_agg(id::text, ',') FROM news WHERE retimed) AS retimed`;

/** Whether a sighting has times of pulls, from before its source was known to date what it says. */
function hasPullTimes(sighting: string): string {
  return `($28::boolean AND ${sighting}.times = 'pull')`;
}

/** Whether such a sighting has not told its IOC of its own times yet (retime-iocs). */
function isToRetime(sighting: string): string {
  return `($28::boolean AND ${sighting}.times <> 'own')`;
}

function texts(parameter: number): string {
  return `string_to_array($${parameter}::text, E'\\x1e', E'\\x1d')`;
}

function list(column: string): string {
  return `COALESCE(string_to_array(${column}, E'\\x1f'), '{}')`;
}

function time(milliseconds: string): string {
  return `(timestamptz 'epoch' + ${milliseconds} * interval '1 millisecond')::timestamptz(3)`;
}

/** Whether a feed now says more than its sighting holds: later, earlier, surer, or what it left open. */
function sightingDiffers(said: string): string {
  return `(${said}.last_seen > s.last_seen OR ${said}.first_seen < s.first_seen OR ${said}.confidence > s.confidence
    OR ${said}.certainty > ${certaintySql("s.certainty", "s.confidence")} OR ${changesState(said)}
    OR ${said}.category <> s.category
    OR ${grows("s.tags", `${said}.tags`)} OR ${grows("s.mitre_techniques", `${said}.mitre_techniques`)}
    OR ${optional.map((name) => fills(`s.${name}`, `${said}.${name}`)).join(" OR ")}
    OR ${isStricter(`${said}.tlp`, "s.tlp")} OR ${outlives(said)})`;
}

/** Never null: a row without a label of its own is stricter than nothing. */
function isStricter(said: string, stored: string): string {
  return `(COALESCE(${tlpRankSql(said)}, 0) > COALESCE(${tlpRankSql(stored)}, 0))`;
}

/** A later word on whether it answers replaces the former; of the same time, only one that it does not. */
function laterState(stored: string): string {
  return `CASE WHEN EXCLUDED.active IS NULL THEN ${stored}.active
      WHEN ${stored}.active IS NULL OR EXCLUDED.last_seen > ${stored}.last_seen THEN EXCLUDED.active
      WHEN EXCLUDED.last_seen = ${stored}.last_seen THEN ${stored}.active AND EXCLUDED.active
      ELSE ${stored}.active END`;
}

/** A later row says more in any case. */
function changesState(said: string): string {
  return `(${said}.active IS NOT NULL AND (s.active IS NULL OR (s.active AND NOT ${said}.active AND ${said}.last_seen = s.last_seen)))`;
}

/** Moving an end on at every pull would rewrite what is only listed again: it moves when a quarter of the lifetime has passed. */
function outlives(said: string): string {
  const quarter = `(${said}.valid_until - GREATEST(${said}.last_seen, $22::timestamptz(3))) / 4`;
  return `(s.valid_until IS NOT NULL AND COALESCE(${said}.valid_until - s.valid_until > ${quarter}, true))`;
}

/** Null = for ever. */
function latest(stored: string, said: string): string {
  return `CASE WHEN ${stored} IS NOT NULL AND ${said} IS NOT NULL THEN GREATEST(${stored}, ${said}) END`;
}

/** A later word replaces the former; one of the same time only fills a gap, or two lines on one value would take turns. */
function newer(name: string): string {
  return `${name} = CASE WHEN EXCLUDED.last_seen > s.last_seen THEN COALESCE(EXCLUDED.${name}, s.${name}) ELSE COALESCE(s.${name}, EXCLUDED.${name}) END`;
}

function union(stored: string, said: string): string {
  return `CASE WHEN ${stored} @> ${said} THEN ${stored}
      ELSE (${stored} || ARRAY(SELECT word FROM unnest(${said}) AS word WHERE word <> ALL (${stored})))[1:${maxTags}] END`;
}

function grows(stored: string, said: string): string {
  return `(cardinality(${stored}) < ${maxTags} AND NOT ${stored} @> ${said})`;
}

function fills(stored: string, said: string): string {
  return `(${stored} IS NULL AND ${said} IS NOT NULL)`;
}
