import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { createDb, type Db, openOn } from "./client";
import { migrate } from "./migrate";
import { borrowPglite } from "./testing-pglite";
import { type ShadowDisk, shadowDisk } from "./testing-power";
import { type HangingProxy, startHangingProxy } from "./testing-proxy";
import { cloneTemplate, createEmptyDatabase, schemaChecksum, type TestDatabase } from "./testing-server";

export { type HangingProxy, type ShadowDisk, shadowDisk, startHangingProxy, type TestDatabase };

/** Which database the suite of this process runs on; set by the Vitest project. */
export const testDatabase = process.env.TOCSIN_TEST_DB === "postgresql" ? "postgresql" : "pglite";

/**
 * A database with every migration applied, of its own for the caller, gone after `close()`:
 * PGlite in memory, or a new database on TEST_DATABASE_URL in the Vitest project `postgresql`.
 */
export async function testDb(): Promise<Db> {
  return testDatabase === "postgresql" ? serverTestDb() : openOn(await borrowPglite(startPglite));
}

/** As `testDb` on TEST_DATABASE_URL, for those who open it themselves, or more than once. */
export function testDatabaseUrl(): Promise<TestDatabase> {
  return cloneTemplate();
}

/** A database on TEST_DATABASE_URL that nobody has migrated yet. */
export function emptyDatabaseUrl(): Promise<TestDatabase> {
  return createEmptyDatabase();
}

async function startPglite(): Promise<PGlite> {
  const { pglite } = await createDb({ memory: true, dump: await migratedDump() });
  if (!pglite) throw new Error("no PGlite was opened");
  return pglite;
}

async function serverTestDb(): Promise<Db> {
  const { url, drop } = await cloneTemplate();
  // A slow machine may take long between two statements of a transaction: it is not what most tests are about.
  const db = await createDb({ url, idleTransactionMs: 60_000 });
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
  const file = path.join(os.tmpdir(), `tocsin-test-schema-${schemaChecksum()}.tar`);
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
