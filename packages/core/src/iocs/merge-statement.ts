import { maxTags } from "./batch";
import { tlps } from "./record";
import { riskScoreSql } from "./score";

// Lists print the first source's reference and context.
const firstSource = "i.sources[1] = EXCLUDED.sources[1]";

/**
 * The one statement of an ingest. Parameters: $1 uuid[] ids, $2 types, $3 values, $4 int2[] confidences, $5 and $6 text[]
 * first and last seen, $7 and $8 tags and techniques (joined by U+001F), $9 threat types, $10 families, $11 references,
 * $12 contexts; $13 feed id, $14 its category, $15 its TLP, $16 now.
 *
 * - Rows go in by ascending id, so two nodes lock them in the same order and never wait for each other in a ring.
 * - What the feed has said before is left out first: it costs a probe, not a lock. The LIMIT keeps it a probe for each
 *   row; a planner free to choose reads all sightings while they are fewer than a million.
 * - An IOC is merged from its own latest row and EXCLUDED alone. ON CONFLICT reads the latest row under its lock, a
 *   query would read the statement's snapshot and could lose the source that another node has just added.
 */
export const mergeStatement = `
WITH input AS (
  SELECT t.id, t.type, t.value, t.confidence, t.first_seen::timestamptz(3) AS first_seen, t.last_seen::timestamptz(3) AS last_seen,
         string_to_array(t.tags, E'\\x1f') AS tags, string_to_array(t.techniques, E'\\x1f') AS mitre_techniques,
         t.threat_type, t.malware_family, t.reference_url, t.context, $14::text AS category
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int2[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[])
    AS t(id, type, value, confidence, first_seen, last_seen, tags, techniques, threat_type, malware_family, reference_url, context)
), news AS MATERIALIZED (
  SELECT input.* FROM input
  LEFT JOIN LATERAL (
    SELECT * FROM sighting WHERE ioc_id = input.id AND feed_id = $13::text LIMIT 1
  ) s ON true
  WHERE s.ioc_id IS NULL OR ${sightingDiffers("input")}
  ORDER BY input.id
), seen AS (
  INSERT INTO sighting AS s (ioc_id, feed_id, category, confidence, first_seen, last_seen, tags, mitre_techniques,
                             threat_type, malware_family, reference_url, context)
  SELECT id, $13::text, category, confidence, first_seen, last_seen, tags, mitre_techniques,
         threat_type, malware_family, reference_url, context
  FROM news ORDER BY id
  ON CONFLICT (ioc_id, feed_id) DO UPDATE SET
    category = EXCLUDED.category,
    confidence = CASE WHEN EXCLUDED.last_seen > s.last_seen THEN EXCLUDED.confidence ELSE GREATEST(s.confidence, EXCLUDED.confidence) END,
    first_seen = LEAST(s.first_seen, EXCLUDED.first_seen),
    last_seen = GREATEST(s.last_seen, EXCLUDED.last_seen),
    occurrences = s.occurrences + (EXCLUDED.last_seen > s.last_seen)::int,
    tags = ${union("s.tags", "EXCLUDED.tags")},
    mitre_techniques = ${union("s.mitre_techniques", "EXCLUDED.mitre_techniques")},
    ${["threat_type", "malware_family", "reference_url", "context"].map(newer).join(",\n    ")}
  WHERE ${sightingDiffers("EXCLUDED")}
  RETURNING (xmax = 0) AS is_new
), merged AS (
  INSERT INTO ioc AS i (id, type, value, confidence, first_seen, last_seen, created_at, updated_at, tags, mitre_techniques,
                        industries, threat_type, malware_family, tlp, risk_score, sources_count, sources, categories,
                        reference_url, context)
  SELECT id, type, value, confidence, first_seen, last_seen, $16::timestamptz, $16::timestamptz, tags, mitre_techniques,
         '{}', threat_type, malware_family, $15::text,
         ${riskScoreSql({ confidence: "confidence", sourcesCount: "1", lastSeen: "last_seen", threatType: "threat_type", malwareFamily: "malware_family", now: "$16::timestamptz" })},
         1, ARRAY[$13::text], ARRAY[category], reference_url, context
  FROM news ORDER BY id
  ON CONFLICT (id) DO UPDATE SET
    confidence = GREATEST(i.confidence, EXCLUDED.confidence),
    first_seen = LEAST(i.first_seen, EXCLUDED.first_seen),
    last_seen = GREATEST(i.last_seen, EXCLUDED.last_seen),
    updated_at = GREATEST(i.updated_at, EXCLUDED.updated_at),
    tags = ${union("i.tags", "EXCLUDED.tags")},
    mitre_techniques = ${union("i.mitre_techniques", "EXCLUDED.mitre_techniques")},
    threat_type = COALESCE(i.threat_type, EXCLUDED.threat_type),
    malware_family = COALESCE(i.malware_family, EXCLUDED.malware_family),
    tlp = CASE WHEN ${tlpRank("EXCLUDED.tlp")} > ${tlpRank("i.tlp")} THEN EXCLUDED.tlp ELSE i.tlp END,
    risk_score = ${riskScoreSql({
      confidence: "GREATEST(i.confidence, EXCLUDED.confidence)",
      sourcesCount: "(i.sources_count + (NOT i.sources @> EXCLUDED.sources)::int)",
      lastSeen: "GREATEST(i.last_seen, EXCLUDED.last_seen)",
      threatType: "COALESCE(i.threat_type, EXCLUDED.threat_type)",
      malwareFamily: "COALESCE(i.malware_family, EXCLUDED.malware_family)",
      now: "EXCLUDED.updated_at",
    })},
    sources_count = i.sources_count + (NOT i.sources @> EXCLUDED.sources)::int,
    sources = CASE WHEN i.sources @> EXCLUDED.sources THEN i.sources ELSE i.sources || EXCLUDED.sources END,
    categories = CASE WHEN i.categories @> EXCLUDED.categories THEN i.categories ELSE i.categories || EXCLUDED.categories END,
    reference_url = CASE WHEN ${firstSource} THEN COALESCE(EXCLUDED.reference_url, i.reference_url) ELSE i.reference_url END,
    context = CASE WHEN ${firstSource} THEN COALESCE(EXCLUDED.context, i.context) ELSE i.context END
  WHERE EXCLUDED.confidence > i.confidence OR EXCLUDED.first_seen < i.first_seen OR EXCLUDED.last_seen > i.last_seen
    OR ${grows("i.tags", "EXCLUDED.tags")} OR ${grows("i.mitre_techniques", "EXCLUDED.mitre_techniques")}
    OR NOT i.sources @> EXCLUDED.sources OR NOT i.categories @> EXCLUDED.categories
    OR ${fills("i.threat_type", "EXCLUDED.threat_type")} OR ${fills("i.malware_family", "EXCLUDED.malware_family")}
    OR ${tlpRank("EXCLUDED.tlp")} > ${tlpRank("i.tlp")}
    OR (${firstSource} AND (COALESCE(EXCLUDED.reference_url <> COALESCE(i.reference_url, ''), false)
                         OR COALESCE(EXCLUDED.context <> COALESCE(i.context, ''), false)))
  RETURNING (xmax = 0) AS is_new
)
SELECT
  (SELECT count(*) FILTER (WHERE is_new) FROM seen)::int AS sightings_new,
  (SELECT count(*) FILTER (WHERE is_new) FROM merged)::int AS iocs_new,
  (SELECT count(*) FILTER (WHERE NOT is_new) FROM merged)::int AS iocs_changed`;

/** Whether a feed now says more than its sighting holds: later, earlier, surer, or what it left open. */
function sightingDiffers(said: string): string {
  return `(${said}.last_seen > s.last_seen OR ${said}.first_seen < s.first_seen OR ${said}.confidence > s.confidence
    OR ${said}.category <> s.category
    OR ${grows("s.tags", `${said}.tags`)} OR ${grows("s.mitre_techniques", `${said}.mitre_techniques`)}
    OR ${["threat_type", "malware_family", "reference_url", "context"].map((name) => fills(`s.${name}`, `${said}.${name}`)).join(" OR ")})`;
}

/** A later word replaces the former; one of the same time only fills a gap, or two lines on one value would take turns. */
function newer(name: string): string {
  return `${name} = CASE WHEN EXCLUDED.last_seen > s.last_seen THEN COALESCE(EXCLUDED.${name}, s.${name}) ELSE COALESCE(s.${name}, EXCLUDED.${name}) END`;
}

function union(held: string, said: string): string {
  return `CASE WHEN ${held} @> ${said} THEN ${held}
      ELSE (${held} || ARRAY(SELECT word FROM unnest(${said}) AS word WHERE word <> ALL (${held})))[1:${maxTags}] END`;
}

function grows(held: string, said: string): string {
  return `(cardinality(${held}) < ${maxTags} AND NOT ${held} @> ${said})`;
}

function fills(held: string, said: string): string {
  return `(${held} IS NULL AND ${said} IS NOT NULL)`;
}

function tlpRank(label: string): string {
  return `array_position(ARRAY[${tlps.map((tlp) => `'${tlp}'`).join(", ")}], ${label})`;
}
