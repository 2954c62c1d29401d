import type { Context } from "../context";
import { revokedSql } from "./frozen";

export type Announced = { read: number; changed: number; full: boolean };

const first = "00000000-0000-0000-0000-000000000000";

// What is revoked has no further versions (STIX 2.1 §3.6), and goes on printing what it did.
const isMeant = `updated_at < $3::timestamptz AND NOT ${revokedSql}
  AND (mitre_techniques && $4::text[] OR (type = 'mitre_attack' AND value = ANY ($4::text[])))`;

const page = `SELECT id, ${isMeant} AS meant FROM ioc WHERE id > $1::uuid ORDER BY id LIMIT $2::int`;

// By ascending id, as an ingest locks them, so that neither waits for the other in a ring.
const statement = `
WITH locked AS (
  SELECT id FROM ioc WHERE id = ANY ($1::uuid[]) AND updated_at < $3::timestamptz AND NOT ${revokedSql}
  ORDER BY id FOR UPDATE
), changed AS (
  UPDATE ioc SET updated_at = GREATEST(ioc.updated_at + interval '1 millisecond', $2::timestamptz)
  FROM locked WHERE ioc.id = locked.id RETURNING ioc.id
), queued AS (
  INSERT INTO ioc_change (ioc_id) SELECT id FROM changed
)
SELECT count(*)::int AS n FROM changed`;

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
    const from = applies_from.toISOString();
    const rows = await sql.query<{ id: string; meant: boolean }>(page, [place ?? first, batch, from, ids]);
    const meant = rows.flatMap(({ id, meant: isOne }) => (isOne ? [id] : []));
    const [row] = meant.length === 0 ? [] : await sql.query<{ n: number }>(statement, [meant, now, from]);
    await sql.query(
      `UPDATE attack_edition SET place = $3::uuid, announced_at = CASE WHEN $4::boolean THEN $5::timestamptz END
       WHERE matrix = $1 AND applies_from = $2::timestamptz`,
      [matrix, from, rows.at(-1)?.id ?? place, rows.length < batch, now],
    );
    return { read: rows.length, changed: row?.n ?? 0, full: true };
  });
}
