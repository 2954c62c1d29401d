-- From here on each flush writes usage_day_route too, so that long windows are read by the day. What is held as hours
-- alone is added to it; no request is in both before this.
WITH rows AS (
  SELECT key_id, (hour AT TIME ZONE 'UTC')::date AS day, route, status, requests, duration_ms, histogram FROM usage_hour
), sums AS (
  SELECT key_id, day, route, status, sum(requests) AS requests, sum(duration_ms) AS duration_ms FROM rows GROUP BY 1, 2, 3, 4
), bars AS (
  SELECT key_id, day, route, status, array_agg(bar ORDER BY place) AS histogram
  FROM (
    SELECT key_id, day, route, status, place, sum(bar)::int AS bar
    FROM rows, unnest(histogram) WITH ORDINALITY AS pair(bar, place) GROUP BY 1, 2, 3, 4, 5
  ) AS added GROUP BY 1, 2, 3, 4
)
INSERT INTO usage_day_route AS known (key_id, day, route, status, requests, duration_ms, histogram)
SELECT key_id, day, route, status, requests, duration_ms, COALESCE(histogram, '{}')
FROM sums LEFT JOIN bars USING (key_id, day, route, status)
ON CONFLICT (key_id, day, route, status) DO UPDATE SET
  requests = known.requests + EXCLUDED.requests,
  duration_ms = known.duration_ms + EXCLUDED.duration_ms,
  histogram = (
    SELECT array_agg(COALESCE(a, 0) + COALESCE(b, 0) ORDER BY place)
    FROM unnest(known.histogram, EXCLUDED.histogram) WITH ORDINALITY AS pair(a, b, place)
  );
