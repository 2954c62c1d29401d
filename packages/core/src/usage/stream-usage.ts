import type { Context } from "../context";
import { dayMs } from "../lib";
import { percentileOf } from "./histogram";
import { dateOf } from "./read-figures";
import { inScope, scopeId, type UsageScope } from "./usage-scope";

/** Requests of one key on one UTC day on one route with one status. */
export type UsageRecord = {
  date: string;
  keyId: string;
  keyName: string;
  owner: string | null;
  path: string;
  status: number;
  requests: number;
  avgMs: number;
  p95Ms: number;
};

type Row = Omit<UsageRecord, "avgMs" | "p95Ms"> & { duration: number; histogram: number[] };

/** All that is kept of the last `days` UTC days, day by day, newest first: one statement a day, whatever the keys. */
export async function* streamUsage(
  ctx: Pick<Context, "sql" | "now">,
  scope: UsageScope,
  days: number,
): AsyncGenerator<UsageRecord[]> {
  const today = Math.floor(ctx.now().getTime() / dayMs);
  for (let back = 0; back < days; back++) {
    const date = dateOf(today - back);
    const rows = await ctx.sql.query<Row>(
      `SELECT $2::text AS date, key_id::text AS "keyId", name AS "keyName", created_by AS owner, route AS path, status,
         requests, duration_ms AS duration, histogram
       FROM usage_day_route JOIN api_key ON api_key.id = key_id
       WHERE ${inScope(scope)} AND day = $2::date ORDER BY name, key_id, route, status`,
      [scopeId(scope), date],
    );
    if (rows.length > 0) yield rows.map(toRecord);
  }
}

function toRecord({ duration, histogram, ...row }: Row): UsageRecord {
  return {
    ...row,
    avgMs: Math.round((duration / row.requests) * 100) / 100,
    p95Ms: Math.round((percentileOf(histogram, 0.95) ?? 0) * 100) / 100,
  };
}
