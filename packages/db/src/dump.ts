import type { Db } from "./client";
import type { SqlQuery } from "./sql";
import { fixNotation, listTables, quoted, type Table } from "./tables";

/**
 * A line of a dump, which is JSON: first the migrations, then for each table its head and one line a row with every value
 * as PostgreSQL writes it as text, then the sequences, and last what must have been read before.
 */
export type DumpEnd = { tables: Record<string, number> };
export type DumpFacts = { migrations: string[]; rows: number; tables: Record<string, number> };

/** Hears of every page; `rows` counts from the first table on. */
export type DumpProgress = (table: string, rows: number) => void;

/**
 * Writes every row of one moment: what is committed meanwhile is not in it. Holds a page at a time, and asks for the next
 * when `write` is done with it. Throws where the database has no schema of Tocsin.
 */
export async function dumpDatabase(
  db: Pick<Db, "sql">,
  write: (lines: string) => Promise<void>,
  onProgress: DumpProgress = () => {},
): Promise<DumpFacts> {
  return db.sql.begin(async ({ query }) => {
    await query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    await fixNotation(query);
    const migrations = await appliedMigrations(query);
    if (migrations.length === 0) throw new Error("there is no database of Tocsin to back up");
    await write(line({ migrations, partitions: await listPartitions(query) }));
    const facts: DumpFacts = { migrations, rows: 0, tables: {} };
    for (const table of await listTables(query)) {
      facts.tables[table.name] = await dumpTable(query, table, write, (rows) =>
        onProgress(table.name, facts.rows + rows),
      );
      facts.rows += facts.tables[table.name] ?? 0;
    }
    // Last: a sequence is of no moment, and may only be ahead of the rows.
    await write(line({ sequences: await readSequences(query) }));
    await write(line({ end: { tables: facts.tables } satisfies DumpEnd }));
    return facts;
  });
}

/** The migrations that a database has, in their order; none where it has no schema. */
export async function appliedMigrations(query: SqlQuery): Promise<string[]> {
  const [history] = await query<{ exists: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists");
  if (!history?.exists) return [];
  const rows = await query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** Bytes that a page should have, and rows that it may have. */
const pageBytes = 1_000_000;
const pageRows = 5_000;

async function dumpTable(
  query: SqlQuery,
  { name, columns }: Table,
  write: (lines: string) => Promise<void>,
  onProgress: (rows: number) => void,
): Promise<number> {
  await write(line({ table: name, columns: columns.map((column) => column.name) }));
  const values = columns.map((column) => `${quoted(column.name)}::text`).join(", ");
  await query(
    `DECLARE dump NO SCROLL CURSOR FOR SELECT json_build_array(${values})::text AS line FROM ${quoted(name)}`,
  );
  let rows = 0;
  let take = 50;
  for (;;) {
    const page = await query<{ line: string }>(`FETCH ${take} FROM dump`);
    if (page.length === 0) break;
    const text = `${page.map((row) => row.line).join("\n")}\n`;
    rows += page.length;
    take = Math.max(1, Math.min(pageRows, take * 4, Math.floor((pageBytes * page.length) / text.length)));
    await write(text);
    onProgress(rows);
  }
  await query("CLOSE dump");
  return rows;
}

/** The months of usage that have a partition of their own: `["usage_minute", "2026-11"]`. */
async function listPartitions(query: SqlQuery): Promise<[string, string][]> {
  const rows = await query<{ parent: string; name: string }>(
    `SELECT i.inhparent::regclass::text AS parent, c.relname AS name
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE c.relkind = 'r' AND c.relispartition ORDER BY c.relname`,
  );
  return rows.flatMap(({ parent, name }) => {
    const [, year, month] = /_(\d{4})_(\d{2})$/.exec(name) ?? [];
    return year ? [[parent, `${year}-${month}`] as [string, string]] : [];
  });
}

async function readSequences(query: SqlQuery): Promise<Record<string, string>> {
  const rows = await query<{ name: string; last: string | null }>(
    "SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
  );
  return Object.fromEntries(rows.flatMap(({ name, last }) => (last === null ? [] : [[name, last]])));
}
