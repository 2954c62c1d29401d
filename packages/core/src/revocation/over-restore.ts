import type { SqlQuery } from "@tocsin/db";

/** What a database says is refused, read before another takes its place. */
export type Restrictions = { head: number; keys: string[]; tokens: string[] };

/** Of a database of any version, also of one that is empty. */
export async function readRestrictions(query: SqlQuery): Promise<Restrictions> {
  const has = async (table: string) => {
    const [row] = await query<{ found: boolean }>("SELECT to_regclass($1::text) IS NOT NULL AS found", [table]);
    return row?.found === true;
  };
  const revoked = async (table: string) => {
    if (!(await has(table))) return [];
    const rows = await query<{ id: string }>(`SELECT id::text FROM ${table} WHERE revoked_at IS NOT NULL ORDER BY id`);
    return rows.map(({ id }) => id);
  };
  const [fence] = (await has("fence")) ? await query<{ head: number }>("SELECT head FROM fence") : [];
  return { head: Number(fence?.head ?? 0), keys: await revoked("api_key"), tokens: await revoked("management_token") };
}

/**
 * Keeps what was refused refused, in the database that takes the place: keys and tokens that were revoked after the backup
 * was made do not come back to life. The fence goes past both, so that a node that still runs sees a gap and forgets
 * everything. Gives how many were revoked anew.
 */
export async function carryRestrictions(
  query: SqlQuery,
  before: Restrictions,
  now: Date,
): Promise<{ keys: number; tokens: number }> {
  await query("DELETE FROM node_lease");
  await query("UPDATE fence SET head = GREATEST(head, $1::bigint) + 1", [before.head]);
  const keys = await query(
    `UPDATE api_key SET revoked_at = $2::timestamptz, revoked_by = 'restore', version = version + 1,
       revoked_reason = 'It was revoked after the backup that was restored had been made.'
     WHERE id = ANY($1::uuid[]) AND revoked_at IS NULL RETURNING id`,
    [before.keys, now.toISOString()],
  );
  const tokens = await query(
    `UPDATE management_token SET revoked_at = $2::timestamptz, revoked_by = 'restore'
     WHERE id = ANY($1::uuid[]) AND revoked_at IS NULL RETURNING id`,
    [before.tokens, now.toISOString()],
  );
  return { keys: keys.length, tokens: tokens.length };
}
