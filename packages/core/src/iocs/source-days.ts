import type { Tier } from "../access";
import type { Context } from "../context";
import { dayMs, minuteMs } from "../lib";
import { type Tlp, tlps } from "../values";
import type { IocRecord } from "./record";
import { selectRecords } from "./select-iocs";
import { passedOnSql, withholds } from "./withheld";

/** What one source reported for the first time on one UTC day, without what MISP has no attribute for. */
export type SourceDay = {
  feedId: string;
  feedName: string;
  /** YYYY-MM-DD */
  day: string;
  count: number;
  tlp: Tlp;
  /** When the newest of its records changed here. */
  updatedAt: Date;
};

/** The least `updated_at` of a workspace's days: its lookback, in steps of a minute, so that answers can be shared. */
export function lookbackFloor(ctx: { now: () => Date; caller: { tier: Pick<Tier, "iocLookbackDays"> } }): Date {
  const floor = ctx.now().getTime() - ctx.caller.tier.iocLookbackDays * dayMs;
  return new Date(Math.max(0, Math.floor(floor / minuteMs) * minuteMs));
}

/** Every source and day that has records since `floor`, newest day first. Reads the whole table: keep the answer. */
export async function listSourceDays(ctx: Pick<Context, "sql" | "instance">, floor: Date): Promise<SourceDay[]> {
  const rows = await ctx.sql.query<{
    feed_id: string;
    feed_name: string;
    day: string;
    n: number;
    tlp: number;
    newest: Date;
  }>(
    `SELECT feed_id, coalesce((SELECT name FROM feed WHERE feed.id = feed_id), feed_id) AS feed_name, day::text AS day,
       n, tlp, newest
     FROM (SELECT coalesce(sources[1], '') AS feed_id, (first_seen AT TIME ZONE 'UTC')::date AS day, count(*)::int AS n,
         max(array_position($2::text[], tlp)) AS tlp, max(updated_at) AS newest
       FROM ioc WHERE ${listed(ctx)} GROUP BY 1, 2) AS days
     ORDER BY day DESC, feed_id`,
    [floor.toISOString(), tlps],
  );
  return rows.map((row) => ({
    feedId: row.feed_id,
    feedName: row.feed_name,
    day: row.day,
    count: row.n,
    tlp: tlps[row.tlp - 1] ?? "red",
    updatedAt: row.newest,
  }));
}

/** What the feed of events has of all that is stored; $1 is the floor. */
function listed(ctx: Pick<Context, "instance">): string {
  const base = "withdrawn_at IS NULL AND updated_at >= $1::timestamptz AND type <> 'mitre_attack'";
  return `${base} AND (warnings IS NULL OR warnings = '{}')${withholds(ctx) ? ` AND ${passedOnSql}` : ""}`;
}

const pageSize = 1_000;

type Place = { firstSeen: Date; id: string };

/** Records in the order of their first sighting, of one source and day or of all: what one index holds in order. */
export async function* streamByFirstSeen(
  ctx: Pick<Context, "sql" | "instance">,
  floor: Date,
  of: { feedId: string; day: string; offset: number; limit: number } | null,
): AsyncGenerator<readonly IocRecord[]> {
  const values: unknown[] = [floor.toISOString()];
  let condition = listed(ctx);
  if (of) {
    const start = new Date(`${of.day}T00:00:00.000Z`);
    values.push(start.toISOString(), new Date(start.getTime() + dayMs).toISOString(), of.feedId);
    condition += ` AND first_seen >= $2::timestamptz AND first_seen < $3::timestamptz AND coalesce(sources[1], '') = $4::text`;
  }
  let left = of?.limit ?? Number.POSITIVE_INFINITY;
  let after: Place | null = null;
  while (left > 0) {
    const limit = Math.min(pageSize, left);
    const page: IocRecord[] = await readAfter(ctx, condition, values, after, {
      limit,
      offset: after ? 0 : (of?.offset ?? 0),
    });
    if (page.length > 0) yield page;
    after = page.at(-1) ?? null;
    left = page.length < limit ? 0 : left - page.length;
  }
}

function readAfter(
  ctx: Pick<Context, "sql">,
  condition: string,
  values: readonly unknown[],
  after: Place | null,
  { limit, offset }: { limit: number; offset: number },
): Promise<IocRecord[]> {
  const n = values.length;
  const keyset = after === null ? "" : ` AND (first_seen, id) > ($${n + 1}::timestamptz, $${n + 2}::uuid)`;
  return selectRecords(
    ctx,
    `FROM ioc WHERE ${condition}${keyset} ORDER BY first_seen, id LIMIT ${limit} OFFSET ${offset}`,
    after === null ? values : [...values, after.firstSeen.toISOString(), after.id],
  );
}
