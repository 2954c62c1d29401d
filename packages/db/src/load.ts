import type { Db } from "./client";
import { StorageFullError } from "./database-errors";
import type { DumpFacts, DumpProgress } from "./dump";
import { applyMigrations, readMigrations } from "./migrate";
import { DumpDamagedError, DumpNewerError, type DumpReader, readDump } from "./read-dump";
import { dropSchema } from "./schema";
import type { SqlQuery } from "./sql";
import { fixNotation, listTables, quoted, type Table } from "./tables";

export type LoadOptions = {
  onProgress?: DumpProgress;
  /** Runs at this build's schema, in the same transaction, when all is loaded. */
  finish?: (query: SqlQuery) => Promise<void>;
};

/**
 * Puts what a dump has in the place of everything that the database has, in one transaction: first the schema that the
 * dump was made of, then its rows, then the later migrations. Whatever goes wrong, the database is as it was before.
 * Throws `DumpDamagedError`, and `DumpNewerError` for a dump of a schema that this build does not know.
 */
export async function loadDump(
  db: Pick<Db, "kind" | "sql" | "storage">,
  lines: AsyncIterable<readonly string[]>,
  { onProgress = () => {}, finish }: LoadOptions = {},
): Promise<DumpFacts & { migrated: string[] }> {
  return db.sql.begin(async ({ query }) => {
    await fixNotation(query);
    const loader = createLoader(db, query, onProgress);
    const facts = await readDump(lines, loader.reader);
    await loader.finish();
    const later = readMigrations().filter(({ name }) => !facts.migrations.includes(name));
    await applyMigrations(query, later);
    await finish?.(query);
    return { ...facts, migrated: later.map(({ name }) => name) };
  });
}

function createLoader(db: Pick<Db, "kind" | "storage">, query: SqlQuery, onProgress: DumpProgress) {
  let tables = new Map<string, Table>();
  let rebuild = async () => {};
  let into: { table: string; insert: string } = { table: "", insert: "" };
  let [rows, written] = [0, 0];
  const reader: DumpReader = {
    start: async ({ migrations, partitions }) => {
      await makeSchema(query, migrations);
      tables = new Map((await listTables(query)).map((table) => [table.name, table]));
      rebuild = await takeDown(query, [...tables.keys()]);
      for (const [parent, month] of partitions) await makePartition(query, parent, month);
    },
    table: async (name, columns) => {
      const table = tables.get(name);
      if (!table) throw new DumpDamagedError(`it has a table ${name}, which its version does not have`);
      tables.delete(name);
      into = { table: name, insert: insertOf(table, columns) };
    },
    rows: async (page) => {
      if (db.storage() === "full") throw new StorageFullError("The disk is full: nothing was restored.");
      const text = `[${page.join(",")}]`;
      await query(into.insert, [text]).catch((error: unknown) => {
        throw explained(error, into.table);
      });
      rows += page.length;
      written += text.length;
      // PostgreSQL without a postmaster makes no checkpoint by itself, and its log would be as long as all that is loaded.
      if (db.kind === "pglite" && written > checkpointLength) {
        written = 0;
        await query("CHECKPOINT");
      }
      onProgress(into.table, rows);
    },
    sequences: async (last) => {
      const known = await query<{ name: string }>(
        "SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public'",
      );
      for (const [name, value] of Object.entries(last)) {
        if (!known.some((one) => one.name === name) || !/^\d{1,18}$/.test(value))
          throw new DumpDamagedError(`it has a sequence ${name}, which its version does not have`);
        await query("SELECT setval($1::text::regclass, $2::text::bigint)", [quoted(name), value]);
      }
    },
  };
  const finish = async () => {
    const [missing] = tables.keys();
    if (missing !== undefined) throw new DumpDamagedError(`it lacks the table ${missing}`);
    await rebuild().catch((error: unknown) => {
      throw explained(error, "a table");
    });
  };
  return { reader, finish };
}

/** Characters of rows after which the embedded database makes a checkpoint. */
const checkpointLength = 48_000_000;

/** Values that the database does not take are the file's fault; anything else is not. */
function explained(error: unknown, table: string): unknown {
  const code = (error as { code?: unknown }).code;
  const isData = typeof code === "string" && /^(22|23)/.test(code);
  return isData && error instanceof Error
    ? new DumpDamagedError(`a row of ${table} cannot be stored: ${error.message}`, { cause: error })
    : error;
}

async function makeSchema(query: SqlQuery, names: readonly string[]): Promise<void> {
  const known = readMigrations();
  const unknown = names.filter((name) => !known.some((migration) => migration.name === name));
  if (unknown.length > 0) throw new DumpNewerError(unknown);
  await dropSchema(query);
  await applyMigrations(
    query,
    known.filter(({ name }) => names.includes(name)),
  );
}

function insertOf({ name, columns }: Table, given: readonly string[]): string {
  const known = new Map(columns.map((column) => [column.name, column.type]));
  const values = given.map((column, index) => {
    const type = known.get(column);
    if (type === undefined || given.indexOf(column) !== index)
      throw new DumpDamagedError(`it has a column ${column} of ${name}, which its version does not have`);
    return `(r->>${index})::${type}`;
  });
  return `INSERT INTO ${quoted(name)} (${given.map(quoted).join(", ")}) OVERRIDING SYSTEM VALUE
    SELECT ${values.join(", ")} FROM jsonb_array_elements($1::text::jsonb) AS r`;
}

/** Empties what the migrations filled, and takes down what rows would be checked against one by one; gives what puts it up again. */
async function takeDown(query: SqlQuery, tables: readonly string[]): Promise<() => Promise<void>> {
  const list = (sql: string) => query<{ down: string; up: string }>(sql);
  const taken = [...(await list(triggers)), ...(await list(foreignKeys)), ...(await list(indexes))];
  for (const { down } of taken) await query(down);
  if (tables.length > 0) await query(`TRUNCATE ${tables.map(quoted).join(", ")}`);
  return async () => {
    // Indexes first: a foreign key is checked by one.
    for (const { up } of taken.reverse()) await query(up);
  };
}

const own = "relnamespace = 'public'::regnamespace AND NOT relispartition";
const triggers = `
  SELECT DISTINCT format('ALTER TABLE %s DISABLE TRIGGER USER', c.oid::regclass) AS down,
    format('ALTER TABLE %s ENABLE TRIGGER USER', c.oid::regclass) AS up
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND ${own}`;
const foreignKeys = `
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.oid::regclass, f.conname) AS down,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.oid::regclass, f.conname, pg_get_constraintdef(f.oid)) AS up
  FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid WHERE f.contype = 'f' AND f.conparentid = 0 AND ${own}`;
const indexes = `
  SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS down, pg_get_indexdef(i.indexrelid) AS up
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relkind = 'r' AND ${own}
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  ORDER BY i.indexrelid DESC`;

async function makePartition(query: SqlQuery, parent: string, month: string): Promise<void> {
  if (!/^usage_(minute|hour)$/.test(parent) || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new DumpDamagedError(`it has a partition of ${parent}, which its version does not have`);
  await query("SELECT usage_make_partition($1::text, $2::text::date)", [parent, `${month}-01`]);
}
