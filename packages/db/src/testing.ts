import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { createDb, type Db } from "./client";
import { migrate, readMigrations } from "./migrate";

/** Which database the suite of this process runs on; set by the Vitest project. */
export const testDatabase = process.env.TOCSIN_TEST_DB === "postgresql" ? "postgresql" : "pglite";

/**
 * A database with every migration applied, of its own for the caller, gone after `close()`:
 * PGlite in memory, or a new database on TEST_DATABASE_URL in the Vitest project `postgresql`.
 */
export async function testDb(): Promise<Db> {
  return testDatabase === "postgresql" ? serverTestDb() : createDb({ memory: true, dump: await migratedDump() });
}

/** The URL of a new, empty database on TEST_DATABASE_URL, and what drops it. */
export async function testDatabaseUrl(): Promise<{ url: string; drop: () => Promise<void> }> {
  const base = process.env.TEST_DATABASE_URL;
  if (!base) throw new Error("TEST_DATABASE_URL is not set");
  const name = `tocsin_test_${process.pid}_${randomBytes(6).toString("hex")}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: base });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await admin(`CREATE DATABASE ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function serverTestDb(): Promise<Db> {
  const { url, drop } = await testDatabaseUrl();
  const db = await createDb({ url });
  await migrate(db);
  return {
    ...db,
    close: async () => {
      await db.close();
      await drop();
    },
  };
}

// Migrating PGlite takes a second or two, loading a migrated dump a fraction of that: one dump a schema, on disk,
// since Vitest's workers share no memory.
async function migratedDump(): Promise<Blob> {
  const hash = createHash("sha256");
  for (const migration of readMigrations()) hash.update(migration.checksum);
  const file = path.join(os.tmpdir(), `tocsin-test-schema-${hash.digest("hex").slice(0, 16)}.tar`);
  if (!fs.existsSync(file)) {
    const db = await createDb({ memory: true });
    await migrate(db);
    const dump = await db.pglite?.dumpDataDir("none");
    await db.close();
    if (!dump) throw new Error("PGlite gave no dump");
    const temporary = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
    fs.writeFileSync(temporary, Buffer.from(await dump.arrayBuffer()));
    fs.renameSync(temporary, file);
  }
  return new Blob([fs.readFileSync(file)]);
}
