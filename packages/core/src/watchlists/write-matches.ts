import type { SqlQuery } from "@tocsin/db";
import type { Match } from "../matching";

/** Matches of one entry that are kept in one UTC day; what is beyond is counted. */
export const keptADay = 1_000;

/** How much of what was given was new: kept, and only counted. */
export type Written = { kept: number; unlisted: number };

/** What of a match is kept. */
export type Found = {
  watch: Pick<Match["watch"], "id" | "watchlistId">;
  subject: Pick<Match["subject"], "subject" | "id" | "generation">;
  reason: Match["reason"];
};

type Wire = { entry_id: string; subject_id: string; generation: number };

/**
 * Keeps matches that are not there yet, the first ones where an entry has too many in a day, and moves on those that are.
 * For the one process that holds the matches' lock.
 */
export async function writeMatches(
  query: SqlQuery,
  matches: readonly Found[],
  { now, held }: { now: Date; held: boolean },
): Promise<Written> {
  const left = await lock(query, matches);
  if (left.length === 0) return { kept: 0, unlisted: 0 };
  const known = await moveOn(query, left, now);
  const fresh = left.filter((match) => !known.has(nameOf(wireOf(match))));
  if (fresh.length === 0) return { kept: 0, unlisted: 0 };
  const day = now.toISOString().slice(0, 10);
  const rows = fresh.map((match, place) => ({
    ...wireOf(match),
    watchlist_id: match.watch.watchlistId,
    subject: match.subject.subject,
    reason: match.reason,
    place,
  }));
  const [counted] = await query<{ kept: number; unlisted: number }>(keep, [
    JSON.stringify(rows),
    now.toISOString(),
    day,
    held,
  ]);
  return { kept: Number(counted?.kept ?? 0), unlisted: Number(counted?.unlisted ?? 0) };
}

/**
 * Holds the lists and then the entries, in the order in which whoever removes them does, and leaves out what has been
 * removed meanwhile.
 */
async function lock(query: SqlQuery, matches: readonly Found[]): Promise<readonly Found[]> {
  if (matches.length === 0) return matches;
  const lists = [...new Set(matches.map(({ watch }) => watch.watchlistId))];
  const entries = [...new Set(matches.map(({ watch }) => watch.id))];
  await query("SELECT id FROM watchlist WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE", [lists]);
  const rows = await query<{ id: string }>(
    "SELECT id FROM watchlist_entry WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
    [entries],
  );
  const there = new Set(rows.map(({ id }) => id));
  return matches.filter(({ watch }) => there.has(watch.id));
}

async function moveOn(query: SqlQuery, matches: readonly Found[], now: Date): Promise<Set<string>> {
  const rows = await query<Wire>(
    `WITH known AS MATERIALIZED (
       SELECT m.id FROM jsonb_to_recordset($1::text::jsonb) AS t(entry_id uuid, subject_id uuid, generation int2)
       JOIN watchlist_match m USING (entry_id, subject_id, generation)
       ORDER BY m.id FOR NO KEY UPDATE OF m
     )
     UPDATE watchlist_match m SET last_at = $2::timestamptz FROM known WHERE m.id = known.id
     RETURNING m.entry_id, m.subject_id, m.generation`,
    [JSON.stringify(matches.map(wireOf)), now.toISOString()],
  );
  return new Set(rows.map(nameOf));
}

const keep = `
  WITH input AS MATERIALIZED (
    SELECT t.*, e.day, e.day_matches, row_number() OVER (PARTITION BY t.entry_id ORDER BY t.place) AS nth
    FROM jsonb_to_recordset($1::text::jsonb) AS t(watchlist_id uuid, entry_id uuid, subject text, subject_id uuid,
      generation int2, reason text, place int4)
    JOIN watchlist_entry e ON e.id = t.entry_id
  ), fitting AS (
    SELECT *, nth <= ${keptADay} - CASE WHEN day = $3::date AND NOT $4::boolean THEN day_matches ELSE 0 END AS fits
    FROM input
  ), made AS (
    INSERT INTO watchlist_match (watchlist_id, entry_id, subject, subject_id, generation, reason, held, matched_at, last_at)
    SELECT watchlist_id, entry_id, subject, subject_id, generation, reason, $4::boolean, $2::timestamptz, $2::timestamptz
    FROM fitting WHERE fits ORDER BY place DESC
    RETURNING 1
  ), counted AS (
    UPDATE watchlist_entry e SET
      day = CASE WHEN $4::boolean THEN e.day ELSE $3::date END,
      day_matches = CASE WHEN $4::boolean THEN e.day_matches WHEN e.day = $3::date THEN e.day_matches ELSE 0 END
        + CASE WHEN $4::boolean THEN 0 ELSE of_entry.kept END,
      unlisted = e.unlisted + of_entry.beyond
    FROM (SELECT entry_id, count(*) FILTER (WHERE fits) AS kept, count(*) FILTER (WHERE NOT fits) AS beyond
          FROM fitting GROUP BY 1) of_entry
    WHERE e.id = of_entry.entry_id
  )
  SELECT (SELECT count(*) FROM made) AS kept, (SELECT count(*) FROM fitting WHERE NOT fits) AS unlisted`;

function wireOf({ watch, subject }: Found): Wire {
  return { entry_id: watch.id, subject_id: subject.id, generation: subject.generation };
}

function nameOf({ entry_id, subject_id, generation }: Wire): string {
  return `${entry_id} ${subject_id} ${generation}`;
}
