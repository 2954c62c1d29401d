import type { SqlQuery } from "./sql";

/**
 * What counts for a moment and for one place: sessions, one-time links and codes, leases of nodes. A backup leaves it out,
 * so that a restore brings back nobody who was signed out, and no link that was used.
 */
const transient: ReadonlySet<string> = new Set([
  "_prisma_migrations",
  "account_link",
  "node_lease",
  "rate_limit",
  "session",
  "setup_link",
  "verification",
]);

/** A table with all of its columns but those that PostgreSQL computes, in the table's order. */
export type Table = { name: string; columns: { name: string; type: string }[] };

/** The tables of which a backup has the rows, by name; what is partitioned is one table. */
export async function listTables(query: SqlQuery): Promise<Table[]> {
  const rows = await query<{ table: string; name: string; type: string }>(
    `SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
     ORDER BY c.relname, a.attnum`,
  );
  const tables = new Map<string, Table>();
  for (const { table, name, type } of rows) {
    if (transient.has(table)) continue;
    const known = tables.get(table) ?? { name: table, columns: [] };
    known.columns.push({ name, type });
    tables.set(table, known);
  }
  return [...tables.values()];
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** How values are written as text, whatever the server's own settings are. */
export async function fixNotation(query: SqlQuery): Promise<void> {
  for (const setting of ["timezone = 'UTC'", "datestyle = 'ISO, MDY'", "intervalstyle = 'postgres'"])
    await query(`SET LOCAL ${setting}`);
  await query("SET LOCAL bytea_output = 'hex'");
  await query("SET LOCAL extra_float_digits = 1");
}
