import { appliedMigrations } from "./dump";
import type { SqlQuery } from "./sql";

/** The database has tables, and they are not Tocsin's. */
export class ForeignTablesError extends Error {
  constructor(names: readonly string[]) {
    super(
      `DATABASE_URL: the database holds tables that are not Tocsin's (${names.slice(0, 5).join(", ")}). Name a database that is empty, or Tocsin's own.`,
    );
    this.name = "ForeignTablesError";
  }
}

/** Of all versions: what a database has whose tables are ours. */
const firstMigration = "20261121220000_create_tocsin";

/** Removes every table, function and type of Tocsin's, with all rows. Throws `ForeignTablesError`, with nothing removed. */
export async function dropSchema(query: SqlQuery): Promise<void> {
  await requireOwn(query);
  const members = `NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')`;
  const drops = await query<{ drop: string }>(
    `SELECT format('DROP TABLE IF EXISTS %s CASCADE', o.oid::regclass) AS drop FROM pg_class o
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND ${members}
     UNION ALL
     SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', o.oid::regprocedure) FROM pg_proc o
     WHERE pronamespace = 'public'::regnamespace AND ${members}`,
  );
  for (const { drop } of drops) await query(drop);
  await query("DROP SCHEMA IF EXISTS usage_partition CASCADE");
}

async function requireOwn(query: SqlQuery): Promise<void> {
  if ((await appliedMigrations(query)).includes(firstMigration)) return;
  const tables = await query<{ name: string }>(
    `SELECT relname AS name FROM pg_class o WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
       AND relname <> '_prisma_migrations'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e') ORDER BY 1`,
  );
  if (tables.length > 0) throw new ForeignTablesError(tables.map(({ name }) => name));
}
