import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Db } from "./client";
import type { SqlQuery } from "./sql";

export type MigrateEvents = {
  /** Another node holds the lock; this one waits for it. */
  waiting?: () => void;
  applying?: (name: string, index: number, count: number) => void;
};

/** The database has migrations that this build does not know. */
export class DatabaseNewerError extends Error {
  constructor(readonly unknown: readonly string[]) {
    super(
      `The database is newer than this version of Tocsin: it holds the migration${unknown.length > 1 ? "s" : ""} ` +
        `${unknown.join(", ")}, which this version does not know. Start a version at least as new as the one that last used it.`,
    );
    this.name = "DatabaseNewerError";
  }
}

/** An applied migration's file has changed since. */
export class MigrationEditedError extends Error {
  constructor(name: string) {
    super(`The migration ${name} was changed after it had been applied to this database. Restore the file.`);
    this.name = "MigrationEditedError";
  }
}

// "tocsin" in ASCII, cut to a bigint: one lock for all nodes on one database.
const lockId = "127970386823534";

type Migration = { name: string; sql: string; checksum: string };

/**
 * Brings the database to this build's schema: each of Prisma's migration folders in order, one transaction each, under
 * a lock that all nodes share. Returns the names of those applied. Recorded as Prisma records them, so that
 * `prisma migrate deploy` agrees.
 */
export async function migrate(db: Db, events: MigrateEvents = {}): Promise<string[]> {
  const known = readMigrations();
  const pending = await pendingMigrations(db.sql.query, known);
  if (pending.length === 0) return [];
  return db.sql.begin(async ({ query }) => {
    const [lock] = await query<{ held: boolean }>(`SELECT pg_try_advisory_xact_lock(${lockId}) AS held`);
    if (!lock?.held) {
      events.waiting?.();
      await query(`SELECT pg_advisory_xact_lock(${lockId})`);
    }
    const missing = await pendingMigrations(query, known);
    await applyMigrations(query, missing, events.applying);
    return missing.map((migration) => migration.name);
  });
}

/** Applies migrations, and records them, in the transaction of `query`. */
export async function applyMigrations(
  query: SqlQuery,
  migrations: readonly Migration[],
  applying?: MigrateEvents["applying"],
): Promise<void> {
  await query(historyTable);
  for (const [index, migration] of migrations.entries()) {
    applying?.(migration.name, index, migrations.length);
    for (const statement of splitStatements(migration.sql)) await query(statement);
    await query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
  }
}

/** The migrations of this build, oldest first. */
export function readMigrations(): Migration[] {
  const folder = migrationsFolder();
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = fs.readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

// The same from the sources and from a bundle in apps/api/dist.
function migrationsFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = path.join(folder, "prisma", "migrations");
    if (fs.existsSync(candidate)) return candidate;
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("The folder prisma/migrations was not found beside this program.");
    folder = parent;
  }
}

async function pendingMigrations(query: SqlQuery, known: Migration[]): Promise<Migration[]> {
  const [table] = await query<{ exists: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists");
  if (!table?.exists) return known;
  const rows = await query<{ migration_name: string; checksum: string }>(
    "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name",
  );
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  const unknown = rows.filter((row) => !byName.has(row.migration_name));
  if (unknown.length > 0) throw new DatabaseNewerError(unknown.map((row) => row.migration_name));
  for (const row of rows) {
    if (byName.get(row.migration_name)?.checksum !== row.checksum) throw new MigrationEditedError(row.migration_name);
    byName.delete(row.migration_name);
  }
  return [...byName.values()];
}

// Both drivers take one statement a call when it is prepared; a statement ends with `;` at the end of a line,
// outside of a $$ body.
function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let current: string[] = [];
  let inBody = false;
  for (const line of sql.split("\n")) {
    if (!inBody && current.length === 0 && (line.trim() === "" || line.startsWith("--"))) continue;
    current.push(line);
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) inBody = !inBody;
    if (!inBody && line.trimEnd().endsWith(";")) {
      statements.push(current.join("\n"));
      current = [];
    }
  }
  if (current.some((line) => line.trim() !== "" && !line.startsWith("--"))) statements.push(current.join("\n"));
  return statements;
}

// Prisma's own definition (schema-engine, sql-schema-connector).
const historyTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
