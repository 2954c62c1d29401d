import type { Context } from "../context";

/** One reading of intelligence in the dashboard; `charged` in requests, 0 where a limit refused it. */
export type Read = { workspaceId: string; charged: number; at: Date };

/** What the people of one workspace read of intelligence on one UTC day; `charged` in requests. */
type ReadsRow = { workspaceId: string; day: string; requests: number; refused: number; charged: number };

/** Readings that are not written yet, of at most `maxRows` workspaces and days. */
export function createReads(maxRows: number) {
  let pending = new Map<string, ReadsRow>();
  const add = (row: ReadsRow) => {
    const id = `${row.workspaceId} ${row.day}`;
    const known = pending.get(id);
    if (known) {
      known.requests += row.requests;
      known.refused += row.refused;
      known.charged += row.charged;
    } else if (pending.size < maxRows) pending.set(id, row);
  };
  return {
    record: ({ workspaceId, charged, at }: Read) => {
      const day = at.toISOString().slice(0, 10);
      add({ workspaceId, day, requests: 1, refused: charged === 0 ? 1 : 0, charged });
    },
    /** Writes all in one statement; what could not be written stays. */
    write: async (ctx: Pick<Context, "sql">) => {
      const taken = pending;
      if (taken.size === 0) return;
      pending = new Map();
      try {
        await writeReads(ctx, [...taken.values()]);
      } catch (error) {
        for (const row of taken.values()) add(row);
        throw error;
      }
    },
    size: () => pending.size,
  };
}

/** Adds the rows to the days of the workspaces, all or nothing; rows of workspaces that are gone are left out. */
async function writeReads(ctx: Pick<Context, "sql">, rows: readonly ReadsRow[]): Promise<void> {
  await ctx.sql.query(
    `INSERT INTO usage_dashboard AS known (workspace_id, day, requests, refused, charged)
     SELECT workspace.id, row.day, row.requests, row.refused, row.charged
     FROM jsonb_to_recordset($1::text::jsonb)
       AS row("workspaceId" uuid, day date, requests int4, refused int4, charged float8)
     JOIN workspace ON workspace.id = row."workspaceId" ORDER BY 1, 2
     ON CONFLICT (workspace_id, day) DO UPDATE SET requests = known.requests + EXCLUDED.requests,
       refused = known.refused + EXCLUDED.refused, charged = known.charged + EXCLUDED.charged`,
    [JSON.stringify(rows)],
  );
}
