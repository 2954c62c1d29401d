import fs from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { PrismaClient } from "./generated/client";
import { lineOpener, type OpenLine } from "./line";
import type { Sql, SqlQuery } from "./sql";

/** One database, two ways in: Prisma for what is read by people, plain SQL for what is hot. */
export type Db = {
  kind: "postgresql" | "pglite";
  prisma: PrismaClient;
  sql: Sql;
  /** The embedded engine, for tests and for handing the database over; absent on a server. */
  pglite?: PGlite;
  /** Opens a connection of its own; absent on the embedded engine, which has one connection. */
  openLine?: OpenLine;
  close: () => Promise<void>;
};

type ServerOptions = {
  url: string;
  /** The size of the pool. */
  connections?: number;
  /** What the server calls its connections. */
  name?: string;
  /** Milliseconds in which nothing may come within a transaction before the server ends it. */
  idleTransactionMs?: number;
};

export type DbOptions =
  /** A PostgreSQL server. */
  | ServerOptions
  /** Embedded PGlite in a folder, which one process at a time may hold. */
  | { dataDir: string }
  /** Embedded PGlite in memory, from a dump of a data folder when there is one. */
  | { memory: true; dump?: Blob };

// Both drivers then give numbers for counts; none of ours comes near 2^53.
const int8 = 20;

/** Opens the database and waits until it answers; throws the driver's error when it does not. */
export async function createDb(options: DbOptions): Promise<Db> {
  return "url" in options ? createServerDb(options) : createEmbeddedDb(options);
}

async function createServerDb(options: ServerOptions): Promise<Db> {
  const config: pg.ClientConfig = {
    connectionString: options.url,
    // PostgreSQL cuts longer names.
    ...(options.name ? { application_name: options.name.slice(0, 63) } : {}),
    // Both Prisma adapters read a timestamptz as if the session were in UTC. A process that is stopped inside of a
    // transaction must not keep every other node waiting with its locks. Without statistics a list looks costly enough to
    // the planner to compile it (JIT), which takes forty times as long as the list.
    options: `-c timezone=UTC -c idle_in_transaction_session_timeout=${options.idleTransactionMs ?? 1_500} -c jit=off`,
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
  const pool = new pg.Pool({ ...config, max: options.connections ?? 10, connectionTimeoutMillis: 10_000 });
  // An idle connection that the server closes must not end the process.
  pool.on("error", () => {});
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
  return {
    kind: "postgresql",
    prisma,
    sql: {
      query: async (text, values) => (await pool.query(text, values as unknown[])).rows,
      begin: async (work) => {
        const client = await pool.connect();
        let broken = false;
        // Nor must one that is lost between two statements.
        const lost = () => {
          broken = true;
        };
        client.on("error", lost);
        try {
          await client.query("BEGIN");
          const query: SqlQuery = async (text, values) => (await client.query(text, values as unknown[])).rows;
          const result = await work({ query });
          await client.query("COMMIT");
          return result;
        } catch (error) {
          await client.query("ROLLBACK").catch(lost);
          throw error;
        } finally {
          client.off("error", lost);
          client.release(broken);
        }
      },
    },
    openLine: lineOpener(config),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

async function createEmbeddedDb(options: { dataDir: string } | { memory: true; dump?: Blob }): Promise<Db> {
  if ("dataDir" in options) await initDataDir(options.dataDir);
  const pglite = await openPglite({
    ...("dataDir" in options ? { dataDir: options.dataDir } : {}),
    ...("dump" in options && options.dump ? { loadDataDir: options.dump } : {}),
  });
  return openEngine(pglite);
}

/** A database on an embedded engine, which its `close` closes. */
export async function openEngine(pglite: PGlite): Promise<Db> {
  await pglite.exec("SET timezone TO 'UTC'");
  const prisma = new PrismaClient({ adapter: new PrismaPGlite(pglite), transactionOptions });
  return {
    kind: "pglite",
    prisma,
    pglite,
    sql: {
      query: async (text, values) => (await pglite.query<never>(text, values as unknown[])).rows,
      begin: (work) =>
        pglite.transaction((tx) =>
          work({ query: async (text, values) => (await tx.query<never>(text, values as unknown[])).rows }),
        ),
    },
    close: async () => {
      await prisma.$disconnect();
      await pglite.close();
    },
  };
}

// A folder whose making was cut short would never open again, so it is made beside its place and moved there whole.
async function initDataDir(dataDir: string): Promise<void> {
  if (fs.existsSync(dataDir)) return;
  const draft = `${dataDir}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true, mode: 0o700 });
  const pglite = await openPglite({ dataDir: draft });
  await pglite.close();
  fs.renameSync(draft, dataDir);
}

function openPglite(options: { dataDir?: string; loadDataDir?: Blob }): Promise<PGlite> {
  return PGlite.create({ ...options, extensions: { pg_trgm }, parsers: { [int8]: Number } });
}

// PGlite has one connection: a transaction may have to wait for an ingest statement to end.
const transactionOptions = { maxWait: 15_000, timeout: 30_000 };
