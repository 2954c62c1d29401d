import type { SqlQuery } from "./sql";

/** Indexes, constraints and triggers, each as PostgreSQL writes it. */
export async function printIndexes(query: SqlQuery): Promise<string[]> {
  const rows = await query<{ text: string }>(
    `SELECT pg_get_indexdef(indexrelid) AS text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
       WHERE relnamespace = 'public'::regnamespace
     UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
     UNION ALL SELECT pg_get_triggerdef(oid) || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
     ORDER BY 1`,
  );
  return rows.map(({ text }) => text);
}
