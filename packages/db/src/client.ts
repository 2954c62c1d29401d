import type { PGlite } from "@electric-sql/pglite";
import { type Engine, memoryEngine, openEngine, openMemory } from "./engine";
import { PrismaClient } from "./generated/client";
import { admitted, createAdmission, type Lane } from "./lanes";
import type { OpenLine } from "./line";
import { engineAdapter } from "./pglite-adapter";
import { openServer, type ServerOptions } from "./server";
import type { Sql } from "./sql";
import { transactionOptions } from "./transaction-options";

/** One database, two ways in: Prisma for what is read by people, plain SQL for what is hot. */
export type Db = {
  kind: "postgresql" | "pglite";
  prisma: PrismaClient;
  sql: Sql;
  /** The same for work that must not wait for other work. */
  lanes: Readonly<Record<Lane, Sql>>;
  /** The engine of a database in memory, for tests. */
  pglite?: PGlite;
  /** Whether there is room for what is to be written, as far as this process knows. */
  storage: () => "ok" | "full";
  /** Whether it answers, as far as this process knows. */
  answers: () => boolean;
  /** Opens a connection of its own; absent on the embedded engine, which has one connection. */
  openLine?: OpenLine;
  /** Copies the folder as it is at one moment, while everything else waits; absent where there is no folder. */
  copyFolder?: (to: string) => Promise<void>;
  close: () => Promise<void>;
};

export type DbOptions =
  | ServerOptions
  /** Embedded PGlite in a folder, which one process at a time may hold. */
  | { dataDir: string }
  /** Embedded PGlite in memory, from a dump of a data folder when there is one. */
  | { memory: true; dump?: Blob };

/** Opens the database and waits until it answers; throws the driver's error when it does not. */
export async function createDb(options: DbOptions): Promise<Db> {
  return "url" in options ? openServer(options) : createEmbeddedDb(options);
}

async function createEmbeddedDb(options: { dataDir: string } | { memory: true; dump?: Blob }): Promise<Db> {
  return "memory" in options ? openOn(await openMemory(options.dump)) : embeddedDb(await openEngine(options.dataDir));
}

/** A database on a PGlite in memory that is open already; its `close` closes it. */
export function openOn(pglite: PGlite): Db {
  return { ...embeddedDb(memoryEngine(pglite)), pglite };
}

function embeddedDb(engine: Engine): Db {
  const prisma = new PrismaClient({ adapter: engineAdapter(engine), transactionOptions });
  const sql: Sql = {
    query: (text, values) => engine.run(async (live) => (await live.query<never>(text, values as unknown[])).rows),
    begin: (work) =>
      engine.transaction((tx) =>
        work({ query: async (text, values) => (await tx.query<never>(text, values as unknown[])).rows }),
      ),
  };
  const admission = createAdmission();
  const laneOf = (lane: Lane | "rest") => admitted(sql, admission, lane);
  return {
    kind: "pglite",
    prisma,
    sql: laneOf("rest"),
    lanes: { short: laneOf("short"), dashboard: laneOf("dashboard"), long: laneOf("long") },
    storage: engine.storage,
    answers: () => true,
    ...(engine.copy ? { copyFolder: engine.copy } : {}),
    close: async () => {
      await prisma.$disconnect();
      await engine.close();
    },
  };
}
