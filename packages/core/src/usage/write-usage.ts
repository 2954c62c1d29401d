import type { Context } from "../context";
import { dayMs, hourMs } from "../lib";
import { type Histogram, mergeHistogram } from "./histogram";

/** Requests of one key in one minute on one route with one status; times in milliseconds since 1970. */
export type UsageRow = {
  keyId: string;
  minute: number;
  route: string;
  status: number;
  requests: number;
  /** What they were charged, in requests. */
  charged: number;
  durationMs: number;
  histogram: Histogram;
  lastAt: number;
};

/** Rows that are stored together. `number` is greater than that of every batch of its recorder before it. */
export type UsageBatch = { recorder: string; number: number; rows: readonly UsageRow[] };

/**
 * Adds the rows to the minutes, the hours, the days and the keys, all or nothing; rows of keys that are gone are left
 * out. A batch that is stored already counts no more: whoever got no answer sends it again.
 */
export async function writeUsage(ctx: Pick<Context, "sql">, { recorder, number, rows }: UsageBatch): Promise<void> {
  const [hours, days] = [hourMs, dayMs].map((span) => addedUp(rows, span));
  const parts = [rows, hours ?? [], days ?? []].map((part) => JSON.stringify(part.map(toWire)));
  await ctx.sql.query(write, [...parts, recorder, number]);
}

function toWire(row: UsageRow) {
  return {
    key_id: row.keyId,
    at: new Date(row.minute).toISOString(),
    route: row.route,
    status: row.status,
    requests: row.requests,
    charged: row.charged,
    duration_ms: row.durationMs,
    histogram: row.histogram,
    last_at: new Date(row.lastAt).toISOString(),
  };
}

/** The same requests with the beginning of the span of `spanMs` in place of the minute. */
function addedUp(rows: readonly UsageRow[], spanMs: number): UsageRow[] {
  const sums = new Map<string, UsageRow>();
  for (const row of rows) {
    const at = Math.floor(row.minute / spanMs) * spanMs;
    const id = `${row.keyId} ${at} ${row.status} ${row.route}`;
    const known = sums.get(id);
    if (known) {
      known.requests += row.requests;
      known.charged += row.charged;
      known.durationMs += row.durationMs;
      mergeHistogram(known.histogram, row.histogram);
    } else sums.set(id, { ...row, minute: at, histogram: [...row.histogram] });
  }
  return [...sums.values()];
}

const columns =
  "key_id uuid, at timestamptz, route text, status int2, requests int4, charged float8, duration_ms float8, histogram int4[], last_at timestamptz";

const addToKnown = `
      requests = known.requests + EXCLUDED.requests,
      duration_ms = known.duration_ms + EXCLUDED.duration_ms,
      histogram = (
        SELECT array_agg(COALESCE(a, 0) + COALESCE(b, 0) ORDER BY place)
        FROM unnest(known.histogram, EXCLUDED.histogram) WITH ORDINALITY AS pair(a, b, place)
      )`;

// A day that gets more requests must be counted again, unless it is so old that its minutes may be gone.
// `live` locks the keys in the order of their ids before anything of theirs is written: nodes that flush the same keys
// at once wait for each other and cannot deadlock, and a key cannot be deleted in between.
const write = `
  WITH fresh AS (
    INSERT INTO usage_batch AS known (recorder, last) VALUES ($4::uuid, $5::bigint)
    ON CONFLICT (recorder) DO UPDATE SET last = EXCLUDED.last, written_at = EXCLUDED.written_at
    WHERE known.last < EXCLUDED.last RETURNING 1
  ), input AS MATERIALIZED (
    SELECT row.* FROM jsonb_to_recordset($1::text::jsonb) AS row(${columns}) WHERE EXISTS (SELECT FROM fresh)
  ), live AS MATERIALIZED (
    SELECT id FROM api_key WHERE id IN (SELECT key_id FROM input) ORDER BY id FOR NO KEY UPDATE
  ), kept AS MATERIALIZED (
    SELECT input.* FROM input JOIN live ON live.id = input.key_id
  ), minutes AS (
    INSERT INTO usage_minute AS known (key_id, minute, route, status, requests, duration_ms, histogram)
    SELECT key_id, at, route, status, requests, duration_ms, histogram FROM kept ORDER BY 1, 2, 3, 4
    ON CONFLICT (key_id, minute, route, status) DO UPDATE SET ${addToKnown}
  ), hours AS (
    INSERT INTO usage_hour AS known (key_id, hour, route, status, requests, duration_ms, histogram)
    SELECT key_id, at, route, status, requests, duration_ms, histogram
    FROM jsonb_to_recordset($2::text::jsonb) AS row(${columns}) JOIN live ON live.id = row.key_id ORDER BY 1, 2, 3, 4
    ON CONFLICT (key_id, hour, route, status) DO UPDATE SET ${addToKnown}
  ), day_routes AS (
    INSERT INTO usage_day_route AS known (key_id, day, route, status, requests, duration_ms, histogram)
    SELECT key_id, (at AT TIME ZONE 'UTC')::date, route, status, requests, duration_ms, histogram
    FROM jsonb_to_recordset($3::text::jsonb) AS row(${columns}) JOIN live ON live.id = row.key_id ORDER BY 1, 2, 3, 4
    ON CONFLICT (key_id, day, route, status) DO UPDATE SET ${addToKnown}
  ), days AS (
    INSERT INTO usage_day AS known (key_id, day, requests, errors, charged)
    SELECT key_id, (at AT TIME ZONE 'UTC')::date, sum(requests),
      COALESCE(sum(requests) FILTER (WHERE status >= 400), 0), sum(charged)
    FROM kept GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (key_id, day) DO UPDATE SET
      requests = known.requests + EXCLUDED.requests, errors = known.errors + EXCLUDED.errors,
      charged = COALESCE(known.charged, known.requests) + EXCLUDED.charged,
      peak = CASE WHEN known.day < CURRENT_DATE - 1 THEN known.peak END
  )
  UPDATE api_key SET total_requests = total_requests + used.requests,
    last_used_at = GREATEST(last_used_at, used.last_at)
  FROM (SELECT key_id, sum(requests) AS requests, max(last_at) AS last_at FROM kept GROUP BY key_id) AS used
  WHERE api_key.id = used.key_id`;
