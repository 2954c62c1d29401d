import type { Context } from "../context";
import { dayMs } from "../lib";
import { chartDays, type WatchlistView } from "./shape";

type Row = {
  id: string;
  name: string;
  description: string | null;
  enabled: boolean;
  notify: boolean;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  entries: number;
  comparing: number;
  unlisted: number;
  matches: number;
  open: number;
  last_at: Date | null;
  by_day: Record<string, number> | null;
};

/** The lists of a workspace, newest first, or one of them, with what they hold and have found. */
export async function readWatchlists(
  ctx: Pick<Context, "sql" | "now">,
  workspaceId: string,
  id: string | null = null,
): Promise<WatchlistView[]> {
  const days = daysUntil(ctx.now());
  const rows = await ctx.sql.query<Row>(read, [workspaceId, id, `${days[0]}T00:00:00.000Z`]);
  return rows.map((row) => toWatchlist(row, days));
}

const read = `
  SELECT w.id, w.name, w.description, w.enabled, w.notify, w.created_at, w.created_by, w.updated_at,
    e.entries, e.comparing, e.unlisted, m.matches, m.open, m.last_at, d.by_day
  FROM watchlist w
  CROSS JOIN LATERAL (
    SELECT count(*) AS entries, count(*) FILTER (WHERE compared_at IS NULL) AS comparing,
      COALESCE(sum(unlisted), 0)::int8 AS unlisted
    FROM watchlist_entry WHERE watchlist_id = w.id
  ) e
  CROSS JOIN LATERAL (
    SELECT count(*) AS matches, count(*) FILTER (WHERE acknowledged_at IS NULL) AS open, max(matched_at) AS last_at
    FROM watchlist_match WHERE watchlist_id = w.id
  ) m
  CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(day, found) AS by_day FROM (
      SELECT to_char(matched_at, 'YYYY-MM-DD') AS day, count(*) AS found FROM watchlist_match
      WHERE watchlist_id = w.id AND matched_at >= $3::timestamptz GROUP BY 1
    ) AS days
  ) d
  WHERE w.workspace_id = $1::uuid AND ($2::uuid IS NULL OR w.id = $2::uuid)
  ORDER BY w.created_at DESC, w.id DESC`;

function toWatchlist(row: Row, days: readonly string[]): WatchlistView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    enabled: row.enabled,
    notify: row.notify,
    created_at: row.created_at.toISOString(),
    created_by: row.created_by,
    updated_at: row.updated_at.toISOString(),
    entries: { total: Number(row.entries), comparing: row.enabled ? Number(row.comparing) : 0 },
    matches: {
      total: Number(row.matches),
      open: Number(row.open),
      unlisted: Number(row.unlisted),
      last_at: row.last_at?.toISOString() ?? null,
      by_day: days.map((date) => ({ date, count: row.by_day?.[date] ?? 0 })),
    },
  };
}

function daysUntil(now: Date): string[] {
  return Array.from({ length: chartDays }, (_, index) =>
    new Date(now.getTime() - (chartDays - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}
