import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { createDb } from "./client";
import { migrate, readMigrations } from "./migrate";

/** A database on TEST_DATABASE_URL of its own for the caller, and what drops it. */
export type TestDatabase = { url: string; drop: () => Promise<void> };

/** Begins the name of every database made here. */
const prefix = "tocsin_test_";
/** Begins the comment of every database made here, followed by when; what lacks it is somebody else's. */
const mark = "Made by Tocsin's tests at ";
/** What is older was left by a run that was killed, or belongs to a schema of the past. */
const staleAfterMs = 3 * 24 * 3_600_000;

// PostgreSQL's error codes (Appendix A).
const undefinedDatabase = "3D000";
const duplicateDatabase = "42P04";
const objectInUse = "55006";

/** An empty database. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return withAdmin(async (admin) => {
    const name = newName();
    await admin.query(`CREATE DATABASE ${name}`);
    return ready(admin, name);
  });
}

/**
 * A database with every migration applied: a clone of a template that is made once a server and schema. Cloning takes
 * a tenth of the time that migrating does.
 */
export function cloneTemplate(template = templateName()): Promise<TestDatabase> {
  return withAdmin(async (admin) => {
    const name = newName();
    for (let tries = 1; ; tries++) {
      try {
        // PostgreSQL's own strategy, which is WAL_LOG since version 15: FILE_COPY waits for two checkpoints of the server.
        await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
        return await ready(admin, name);
      } catch (error) {
        await overcome(admin, template, error, tries);
      }
    }
  });
}

/** Waits for, or makes, what a clone of the template lacked; throws an error that another try would meet again. */
async function overcome(admin: pg.Client, template: string, error: unknown, tries: number): Promise<void> {
  if (isError(error, undefinedDatabase)) return makeTemplate(admin, template);
  // Nobody can connect to a template of ours, but autovacuum can.
  if (!isError(error, objectInUse) || tries >= 20) throw error;
  await sleep(250);
}

/** The template of this build's migrations; another schema has another one. */
export function templateName(): string {
  return `${prefix}template_${schemaChecksum()}`;
}

/** Names the migrations of this build. */
export function schemaChecksum(): string {
  const hash = createHash("sha256");
  for (const { name, checksum } of readMigrations()) hash.update(`${name} ${checksum}\n`);
  return hash.digest("hex").slice(0, 16);
}

/**
 * Drops what earlier runs left: databases that bear the mark, belong to this user, are older than three days and have
 * no connection. A template that another run still wanted is made anew by it.
 */
export async function dropStaleDatabases(now = Date.now()): Promise<void> {
  await withAdmin(async (admin) => {
    const { rows } = await admin.query<{ name: string; comment: string }>(
      `SELECT d.datname AS name, s.description AS comment
       FROM pg_database d JOIN pg_shdescription s ON s.objoid = d.oid AND s.classoid = 'pg_database'::regclass
       WHERE starts_with(d.datname, $1) AND starts_with(s.description, $2) AND pg_get_userbyid(d.datdba) = current_user
         AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
      [prefix, mark],
    );
    for (const { name, comment } of rows) {
      const age = now - Date.parse(comment.slice(mark.length));
      // Another run may be about to drop it too, or somebody may have connected: then it is left to them.
      if (age > staleAfterMs) await dropTemplate(admin, name).catch(() => {});
    }
  });
}

/** Under a lock that all runs share. The name exists only once everything in the database does. */
async function makeTemplate(admin: pg.Client, template: string): Promise<void> {
  const lock = [`${prefix}template`];
  await admin.query("SELECT pg_advisory_lock(hashtext($1))", lock);
  try {
    const { rowCount } = await admin.query("SELECT FROM pg_database WHERE datname = $1", [template]);
    if (rowCount !== 0) return;
    const draft = newName();
    await admin.query(`CREATE DATABASE ${draft}`);
    const { url, drop } = await ready(admin, draft);
    try {
      const db = await createDb({ url, connections: 1 });
      await migrate(db).finally(() => db.close());
      // A database that somebody is connected to cannot be cloned.
      await admin.query(`ALTER DATABASE ${draft} ALLOW_CONNECTIONS false`);
      await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
    } catch (error) {
      await drop();
      // The lock is the base database's alone: a run that came by another one was faster.
      if (!isError(error, duplicateDatabase)) throw error;
    }
    await admin.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
  } finally {
    await admin.query("SELECT pg_advisory_unlock(hashtext($1))", lock);
  }
  await dropStaleDatabases();
}

async function dropTemplate(admin: pg.Client, name: string): Promise<void> {
  await admin.query(`ALTER DATABASE ${name} IS_TEMPLATE false`);
  await admin.query(`DROP DATABASE ${name}`);
}

/** Marks a new database. It lives for minutes: none of its commits has to wait for the disk. */
async function ready(admin: pg.Client, name: string): Promise<TestDatabase> {
  await admin.query(
    `COMMENT ON DATABASE ${name} IS '${`${mark}${new Date().toISOString()}`.replaceAll("'", "''")}';
     ALTER DATABASE ${name} SET synchronous_commit = off`,
  );
  const url = new URL(baseUrl());
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () =>
      withAdmin(async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

function newName(): string {
  return `${prefix}${process.pid}_${randomBytes(6).toString("hex")}`;
}

function baseUrl(): string {
  const base = process.env.TEST_DATABASE_URL;
  if (!base) throw new Error("TEST_DATABASE_URL is not set");
  return base;
}

async function withAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: baseUrl() });
  await admin.connect();
  return work(admin).finally(() => admin.end());
}

function isError(error: unknown, code: string): boolean {
  return error instanceof pg.DatabaseError && error.code === code;
}
