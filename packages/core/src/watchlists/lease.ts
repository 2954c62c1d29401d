import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";

/** How long one page may take before another process takes over. */
const leaseSeconds = 60;
const until = `now() + make_interval(secs => ${leaseSeconds})`;

/** The right to compare new entries with all that is stored; its end, by the database's clock, is what tells it from another's. */
export type Lease = {
  /** Throws LostLease where another process has taken over. */
  extend: () => Promise<void>;
  /** The same for the rest of a transaction: whoever wants to take over waits for its end. */
  hold: (query: SqlQuery) => Promise<void>;
  end: () => Promise<void>;
};

export class LostLease extends Error {
  override readonly name = "LostLease";
}

/** Null where nothing waits to be compared, or another process is at it. */
export async function openLease({ sql }: Pick<Context, "sql">): Promise<Lease | null> {
  let mine = await first(
    sql.query(
      `UPDATE watchlist_progress SET comparing = ${until}
       WHERE (comparing IS NULL OR comparing < now()) AND EXISTS (
         SELECT 1 FROM watchlist_entry e JOIN watchlist w ON w.id = e.watchlist_id AND w.enabled WHERE e.compared_at IS NULL
       ) RETURNING comparing`,
    ),
  );
  if (mine === null) return null;
  const move = async (query: SqlQuery) => {
    mine = await first(
      query(
        `UPDATE watchlist_progress SET comparing = ${until} WHERE comparing = $1::timestamptz RETURNING comparing`,
        [mine],
      ),
    );
    if (mine === null) throw new LostLease("another process compares what is stored");
  };
  return {
    extend: () => move(sql.query),
    hold: move,
    end: async () => {
      await sql.query("UPDATE watchlist_progress SET comparing = NULL WHERE comparing = $1::timestamptz", [mine]);
    },
  };
}

async function first(rows: Promise<unknown[]>): Promise<string | null> {
  const [row] = (await rows) as { comparing: Date }[];
  return row?.comparing.toISOString() ?? null;
}
