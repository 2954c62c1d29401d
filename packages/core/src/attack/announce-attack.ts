import type { Context } from "../context";
import { revokedSql } from "../iocs/frozen";

export type Announced = { read: number; changed: number; full: boolean };

const first = "00000000-0000-0000-0000-000000000000";

// By ascending id, as an ingest locks them, so that neither waits for the other in a ring. What is revoked has no further
// versions (STIX 2.1 §3.6), and goes on printing what it did.
const statement = `
WITH page AS MATERIALIZED (
  SELECT id FROM ioc WHERE id > $1::uuid ORDER BY id LIMIT $2::int
), held AS (
  SELECT ioc.id FROM ioc JOIN page ON page.id = ioc.id
  WHERE ioc.updated_at < $3::timestamptz AND NOT ${revokedSql}
    AND (ioc.mitre_techniques && $4::text[] OR (ioc.type = 'mitre_attack' AND ioc.value = ANY ($4::text[])))
  ORDER BY ioc.id FOR UPDATE OF ioc
), changed AS (
  UPDATE ioc SET updated_at = GREATEST(ioc.updated_at + interval '1 millisecond', $5::timestamptz)
  FROM held WHERE ioc.id = held.id RETURNING ioc.id
), queued AS (
  INSERT INTO ioc_change (ioc_id) SELECT id FROM changed
)
SELECT (SELECT count(*)::int FROM page) AS read, (SELECT count(*)::int FROM changed) AS changed,
  (SELECT id FROM page ORDER BY id DESC LIMIT 1) AS last`;

/**
 * One batch of telling pollers that records print other names or tactics: those that name a changed id get another
 * `updated_at`, from which on they print the new ones. Goes on where the batch before ended, on whatever node that was;
 * `settledMs` after an edition begins to apply, for clocks differ.
 */
export async function announceAttack(
  ctx: Pick<Context, "sql" | "now">,
  { batch = 5_000, settledMs = 0 }: { batch?: number; settledMs?: number } = {},
): Promise<Announced> {
  return ctx.sql.begin(async (sql) => {
    const [edition] = await sql.query<{ matrix: string; applies_from: Date; changed: string[]; place: string | null }>(
      `SELECT matrix, applies_from, changed, place FROM attack_edition
       WHERE announced_at IS NULL AND applies_from <= $1::timestamptz
       ORDER BY applies_from LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [new Date(ctx.now().getTime() - settledMs).toISOString()],
    );
    if (!edition) return { read: 0, changed: 0, full: false };
    const { matrix, applies_from, changed: ids, place } = edition;
    const now = ctx.now().toISOString();
    const [row] = await sql.query<{ read: number; changed: number; last: string | null }>(statement, [
      ...[place ?? first, batch, applies_from.toISOString()],
      ids,
      now,
    ]);
    const { read = 0, changed = 0, last = null } = row ?? {};
    await sql.query(
      `UPDATE attack_edition SET place = $3::uuid, announced_at = CASE WHEN $4::boolean THEN $5::timestamptz END
       WHERE matrix = $1 AND applies_from = $2::timestamptz`,
      [matrix, applies_from.toISOString(), last, read < batch, now],
    );
    return { read, changed, full: true };
  });
}
