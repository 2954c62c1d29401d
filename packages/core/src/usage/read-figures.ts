import type { Context } from "../context";
import { dayMs } from "../lib";
import { percentileOf } from "./histogram";
import type { DailyUsage, UsageFigures } from "./shape";
import { inScope, scopeId, type UsageScope } from "./usage-scope";

const endpointsShown = 10;

type Reader = Pick<Context, "sql" | "now">;

/** The first UTC day of a window of `days`, today included. */
export function firstDay(now: Date, days: number): string {
  return dateOf(Math.floor(now.getTime() / dayMs) - days + 1);
}

/** All figures of the last `days` UTC days, today included, in seven statements whatever the scope. */
export async function readFigures(ctx: Reader, scope: UsageScope, days: number): Promise<UsageFigures> {
  const since = firstDay(ctx.now(), days);
  const values = [scopeId(scope), since];
  const used = `usage_day_route WHERE ${inScope(scope)} AND day >= $2::date`;
  const parts = await ctx.sql.query<{ route: string; status: number; requests: number; duration: number }>(
    `SELECT route, status, sum(requests) AS requests, sum(duration_ms) AS duration FROM ${used} GROUP BY 1, 2`,
    values,
  );
  const bars = await ctx.sql.query<{ place: number; bar: number }>(
    `SELECT place, sum(bar) AS bar FROM (SELECT histogram FROM ${used}) AS used,
       unnest(histogram) WITH ORDINALITY AS pair(bar, place) GROUP BY 1 ORDER BY 1`,
    values,
  );
  const hits = await ctx.sql.query<{ hour: Date; count: number }>(
    `SELECT hour, sum(requests) AS count FROM usage_hour
     WHERE ${inScope(scope)} AND hour >= $2::date::timestamp AT TIME ZONE 'UTC' AND status = 429
     GROUP BY 1 ORDER BY 1 DESC`,
    values,
  );
  const daily = await readDaily(ctx, scope, since, days);
  const charged = await readCharged(ctx, scope, since);
  const total = sum(parts.map((part) => part.requests));
  const ofStatus = (least: number, most: number) =>
    sum(parts.filter(({ status }) => status >= least && status < most).map((part) => part.requests));
  const [clientErrors, serverErrors] = [ofStatus(400, 500), ofStatus(500, 1_000)];
  const successful = total - clientErrors - serverErrors;
  const histogram: number[] = [];
  for (const { place, bar } of bars) histogram[place - 1] = bar;
  const percentile = (share: number) =>
    round(
      percentileOf(
        Array.from(histogram, (bar) => bar ?? 0),
        share,
      ) ?? 0,
      2,
    );
  return {
    window_days: days,
    total_requests: total,
    total_charged: charged,
    successful,
    client_errors: clientErrors,
    server_errors: serverErrors,
    success_rate: total === 0 ? 0 : round(successful / total, 4),
    avg_response_time_ms: total === 0 ? 0 : round(sum(parts.map((part) => part.duration)) / total, 2),
    latency_p50_ms: percentile(0.5),
    latency_p95_ms: percentile(0.95),
    latency_p99_ms: percentile(0.99),
    rate_limit_peak_per_minute: await readPeakMinute(ctx, scope, since),
    rate_limit_peak_per_day: await readPeakDay(ctx, scope, since),
    top_endpoints: addUp(parts.map(({ route, requests }) => [route, requests]))
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, endpointsShown)
      .map(([path, count]) => ({ path, count })),
    by_status: Object.fromEntries(addUp(parts.map(({ status, requests }) => [String(status), requests])).sort()),
    daily,
    rate_limit_hits_by_hour: hits.map(({ hour, count }) => ({ hour: hour.toISOString(), count })),
  };
}

/** One row for every day of the window, newest first. */
async function readDaily(ctx: Reader, scope: UsageScope, since: string, days: number): Promise<DailyUsage[]> {
  const rows = await ctx.sql.query<DailyUsage>(
    `SELECT day::text AS date, sum(requests) AS requests, sum(errors) AS errors FROM usage_day
     WHERE ${inScope(scope)} AND day >= $2::date GROUP BY day`,
    [scopeId(scope), since],
  );
  const byDate = new Map(rows.map((row) => [row.date, row]));
  const today = Math.floor(ctx.now().getTime() / dayMs);
  return Array.from({ length: days }, (_, back) => {
    const date = dateOf(today - back);
    return byDate.get(date) ?? { date, requests: 0, errors: 0 };
  });
}

/** Days of before charges were counted have none: then every request cost one. */
async function readCharged(ctx: Reader, scope: UsageScope, since: string): Promise<number> {
  const [row] = await ctx.sql.query<{ charged: number | null }>(
    `SELECT sum(COALESCE(charged, requests)) AS charged FROM usage_day WHERE ${inScope(scope)} AND day >= $2::date`,
    [scopeId(scope), since],
  );
  return round(row?.charged ?? 0, 3);
}

/** Of the days that are counted, as it was counted; of the others, from their minutes. */
async function readPeakMinute(ctx: Reader, scope: UsageScope, since: string): Promise<number> {
  const [row] = await ctx.sql.query<{ peak: number | null }>(
    `WITH days AS (SELECT key_id, day, peak FROM usage_day WHERE ${inScope(scope)} AND day >= $2::date)
     SELECT GREATEST((SELECT max(peak) FROM days), (
       SELECT max(requests) FROM (
         SELECT sum(usage_minute.requests)::int AS requests FROM days JOIN usage_minute USING (key_id)
         WHERE days.peak IS NULL AND minute >= day::timestamp AT TIME ZONE 'UTC'
           AND minute < (day + 1)::timestamp AT TIME ZONE 'UTC'
         GROUP BY key_id, minute
       ) AS minutes)) AS peak`,
    [scopeId(scope), since],
  );
  return row?.peak ?? 0;
}

async function readPeakDay(ctx: Reader, scope: UsageScope, since: string): Promise<number> {
  const [row] = await ctx.sql.query<{ peak: number | null }>(
    `SELECT max(requests) AS peak FROM usage_day WHERE ${inScope(scope)} AND day >= $2::date`,
    [scopeId(scope), since],
  );
  return row?.peak ?? 0;
}

function addUp(pairs: readonly (readonly [string, number])[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const [name, count] of pairs) sums.set(name, (sums.get(name) ?? 0) + count);
  return [...sums];
}

export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
