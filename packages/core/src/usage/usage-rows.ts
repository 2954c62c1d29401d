/** Whose usage: one key's, or that of all keys of a workspace. */
export type UsageScope = { keyId: string } | { workspaceId: string };

/** `$1` of every statement that begins with `usageRows`. */
export function scopeId(scope: UsageScope): string {
  return "keyId" in scope ? scope.keyId : scope.workspaceId;
}

/**
 * A CTE `used` with all that is kept of `$1` since the UTC day `$2`, before `$3` where it is not null: hours, and days
 * of hours that were rolled up; no request is in both. Begins a statement: `WITH used AS …`.
 */
export function usageRows(scope: UsageScope): string {
  const own =
    "keyId" in scope ? "key_id = $1::uuid" : "key_id IN (SELECT id FROM api_key WHERE workspace_id = $1::uuid)";
  return `WITH used AS (
    SELECT key_id, hour AS at, route, status, requests, duration_ms, histogram FROM usage_hour
    WHERE ${own} AND hour >= $2::date::timestamp AT TIME ZONE 'UTC'
      AND ($3::text IS NULL OR hour < $3::date::timestamp AT TIME ZONE 'UTC')
    UNION ALL
    SELECT key_id, day::timestamp AT TIME ZONE 'UTC', route, status, requests, duration_ms, histogram FROM usage_day_route
    WHERE ${own} AND day >= $2::date AND ($3::text IS NULL OR day < $3::date)
  )`;
}

/**
 * Adds rows of `from` (key_id, at, route, status, requests, duration_ms, histogram) up to one for each distinct
 * `truncated` time: the tail of a statement whose rows are (key_id, at, route, status, requests, duration_ms, histogram).
 */
export function addedUp(from: string, truncated: string): string {
  return `rows AS (
      SELECT key_id, ${truncated} AS at, route, status, requests, duration_ms, histogram FROM ${from}
    ), sums AS (
      SELECT key_id, at, route, status, sum(requests)::int AS requests, sum(duration_ms) AS duration_ms
      FROM rows GROUP BY 1, 2, 3, 4
    ), bars AS (
      SELECT key_id, at, route, status, array_agg(bar ORDER BY place) AS histogram
      FROM (
        SELECT key_id, at, route, status, place, sum(bar)::int AS bar
        FROM rows, unnest(histogram) WITH ORDINALITY AS pair(bar, place) GROUP BY 1, 2, 3, 4, 5
      ) AS added GROUP BY 1, 2, 3, 4
    ), added_up AS (
      SELECT key_id, at, route, status, requests, duration_ms, COALESCE(histogram, '{}') AS histogram
      FROM sums LEFT JOIN bars USING (key_id, at, route, status)
    )`;
}
