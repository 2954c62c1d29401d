import type { Sql, SqlQuery } from "@tocsin/db";

type Ctx = { readonly sql: Pick<Sql, "begin"> };
type Work<T> = (tx: { query: SqlQuery }) => Promise<T>;

/**
 * Runs `work` in a transaction under the advisory lock of this name, of which there is one in a database, and which ends
 * with the transaction. Where another process holds it: null at once, or with `wait` as soon as that one is through;
 * `patienceMs` bounds how long any lock is waited for, and PostgreSQL's `lock_not_available` is thrown then.
 *
 * A name must stay as it is: during an upgrade nodes of the version before lock under it too.
 */
export async function withAdvisoryLock<T>(
  ctx: Ctx,
  name: string,
  work: Work<T>,
  options: { wait: true; patienceMs?: number },
): Promise<T>;
export async function withAdvisoryLock<T>(ctx: Ctx, name: string, work: Work<T>): Promise<T | null>;
export async function withAdvisoryLock<T>(
  ctx: Ctx,
  name: string,
  work: Work<T>,
  options: { wait?: boolean },
): Promise<T | null>;
export async function withAdvisoryLock<T>(
  ctx: Ctx,
  name: string,
  work: Work<T>,
  { wait = false, patienceMs }: { wait?: boolean; patienceMs?: number } = {},
): Promise<T | null> {
  return ctx.sql.begin(async (tx) => {
    const { query } = tx;
    if (patienceMs !== undefined) await query("SELECT set_config('lock_timeout', $1, true)", [`${patienceMs}ms`]);
    if (wait) await query("SELECT pg_advisory_xact_lock(hashtext($1))", [name]);
    else {
      const [lock] = await query<{ free: boolean }>("SELECT pg_try_advisory_xact_lock(hashtext($1)) AS free", [name]);
      if (!lock?.free) return null;
    }
    return work(tx);
  });
}
