import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";

/**
 * In a transaction, of one process at a time: whoever finds another at it gets null, or waits where it must. Matches get
 * their numbers under this lock, so that the order of numbers is the order of commits.
 */
export async function withMatchesLock<T>(
  ctx: Pick<Context, "sql">,
  work: (query: SqlQuery) => Promise<T>,
  { wait = false } = {},
): Promise<T | null> {
  return ctx.sql.begin(async ({ query }) => {
    if (wait) await query("SELECT pg_advisory_xact_lock(hashtext('tocsin watchlists'))");
    else {
      const [lock] = await query<{ free: boolean }>(
        "SELECT pg_try_advisory_xact_lock(hashtext('tocsin watchlists')) AS free",
      );
      if (!lock?.free) return null;
    }
    return work(query);
  });
}
