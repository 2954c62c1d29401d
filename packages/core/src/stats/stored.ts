import type { SqlQuery } from "@tocsin/db";
import { type LastCount, smallInstance } from "./freshness";
import { type StatsData, statsDataShape } from "./shape";

export type StoredStats = LastCount & { data: StatsData };

/** The last count of any node; null where there is none, or one of another version's shape. */
export async function readStored(query: SqlQuery): Promise<StoredStats | null> {
  const [row] = await query<{ data: unknown; computed_at: Date }>(
    "SELECT data, computed_at FROM stats WHERE id = 'all'",
  );
  const parsed = statsDataShape.safeParse(row?.data);
  if (!row || !parsed.success) return null;
  const { iocs } = parsed.data.totals;
  return {
    data: parsed.data,
    computedAt: row.computed_at,
    iocs,
    added: await countAdded(query, iocs, row.computed_at),
  };
}

async function countAdded(query: SqlQuery, iocs: number, since: Date): Promise<number> {
  if (iocs >= smallInstance) return 0;
  const [row] = await query<{ added: number }>(
    "SELECT COALESCE(sum(iocs_new), 0)::int AS added FROM feed_run WHERE finished_at > $1::timestamptz",
    [since.toISOString()],
  );
  return row?.added ?? 0;
}

export async function writeStored(query: SqlQuery, data: StatsData, now: Date, tookMs: number): Promise<void> {
  await query(
    `INSERT INTO stats (id, data, computed_at, took_ms) VALUES ('all', $1::jsonb, $2::timestamptz, $3::int)
     ON CONFLICT (id) DO UPDATE SET data = EXCLUDED.data, computed_at = EXCLUDED.computed_at, took_ms = EXCLUDED.took_ms`,
    [JSON.stringify(data), now.toISOString(), Math.round(tookMs)],
  );
}
