-- AlterTable
ALTER TABLE "usage_day" ADD COLUMN     "peak" INTEGER;

-- CreateTable
CREATE TABLE "usage_day_route" (
    "key_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "route" TEXT NOT NULL,
    "status" SMALLINT NOT NULL,
    "requests" INTEGER NOT NULL,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "histogram" INTEGER[],

    CONSTRAINT "usage_day_route_pkey" PRIMARY KEY ("key_id","day","route","status")
);

-- By hand from here: minutes and hours are partitioned by month.
ALTER TABLE "usage_minute" RENAME TO "usage_minute_before";
ALTER TABLE "usage_minute_before" DROP CONSTRAINT "usage_minute_pkey";

CREATE TABLE "usage_minute" (
    "key_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "route" TEXT NOT NULL,
    "status" SMALLINT NOT NULL,
    "requests" INTEGER NOT NULL,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "histogram" INTEGER[],

    CONSTRAINT "usage_minute_pkey" PRIMARY KEY ("key_id","minute","route","status")
) PARTITION BY RANGE ("minute");

CREATE TABLE "usage_hour" (
    "key_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "route" TEXT NOT NULL,
    "status" SMALLINT NOT NULL,
    "requests" INTEGER NOT NULL,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "histogram" INTEGER[],

    CONSTRAINT "usage_hour_pkey" PRIMARY KEY ("key_id","hour","route","status")
) PARTITION BY RANGE ("hour");

-- The partitions stand in a schema of their own, out of sight of what compares tables with models.
CREATE SCHEMA IF NOT EXISTS "usage_partition";

-- Makes the partition of one UTC month, named usage_minute_2026_11; false where it stands already.
CREATE FUNCTION usage_make_partition(parent text, month date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  name text := parent || to_char(month, '_YYYY_MM');
BEGIN
  IF to_regclass('usage_partition.' || name) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE usage_partition.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)', name, parent,
    month || ' 00:00:00+00', (month + interval '1 month')::date || ' 00:00:00+00');
  RETURN true;
END
$$;

-- What comes at a time that no partition was made for.
CREATE TABLE usage_partition.usage_minute_default PARTITION OF usage_minute DEFAULT;
CREATE TABLE usage_partition.usage_hour_default PARTITION OF usage_hour DEFAULT;

SELECT usage_make_partition(parent, month::date)
FROM unnest(ARRAY['usage_minute', 'usage_hour']) AS parent,
  generate_series(
    date_trunc('month', COALESCE((SELECT min(minute) FROM usage_minute_before), now()) AT TIME ZONE 'UTC'),
    date_trunc('month', now() AT TIME ZONE 'UTC') + interval '2 months',
    interval '1 month') AS month;

INSERT INTO usage_minute (key_id, minute, route, status, requests, duration_ms, histogram)
SELECT key_id, minute, route, status, requests, duration_ms, histogram FROM usage_minute_before;

DROP TABLE usage_minute_before;

WITH rows AS (
  SELECT key_id, date_trunc('hour', minute, 'UTC') AS hour, route, status, requests, duration_ms, histogram FROM usage_minute
), sums AS (
  SELECT key_id, hour, route, status, sum(requests) AS requests, sum(duration_ms) AS duration_ms FROM rows GROUP BY 1, 2, 3, 4
), bars AS (
  SELECT key_id, hour, route, status, array_agg(bar ORDER BY place) AS histogram
  FROM (
    SELECT key_id, hour, route, status, place, sum(bar)::int AS bar
    FROM rows, unnest(histogram) WITH ORDINALITY AS pair(bar, place) GROUP BY 1, 2, 3, 4, 5
  ) AS added GROUP BY 1, 2, 3, 4
)
INSERT INTO usage_hour (key_id, hour, route, status, requests, duration_ms, histogram)
SELECT key_id, hour, route, status, requests, duration_ms, COALESCE(histogram, '{}')
FROM sums LEFT JOIN bars USING (key_id, hour, route, status);
