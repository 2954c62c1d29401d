import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { withAdvisoryLock } from "../lib";

/**
 * In a transaction, of one process at a time: whoever finds another at it gets null, or waits where it must. Matches get
 * their numbers under this lock, so that the order of numbers is the order of commits.
 */
export async function withMatchesLock<T>(
  ctx: Pick<Context, "sql">,
  work: (query: SqlQuery) => Promise<T>,
  { wait = false } = {},
): Promise<T | null> {
  return withAdvisoryLock(ctx, "tocsin watchlists", ({ query }) => work(query), { wait });
}
