import type { EventEmitter } from "node:events";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Db } from "./client";
import { PrismaClient } from "./generated/client";
import { connectionsOf, type Lane, statementTimeoutMs } from "./lanes";
import { lineOpener } from "./line";
import type { Sql, SqlQuery } from "./sql";
import { transactionOptions } from "./transaction-options";
import { watchServer } from "./watch-server";

/** A PostgreSQL server. */
export type ServerOptions = {
  url: string;
  /** How many it may open: from 8 on, each lane has a pool of its own within them. */
  connections?: number;
  /** What the server calls its connections. */
  name?: string;
  /** Milliseconds in which nothing may come within a transaction before the server ends it. */
  idleTransactionMs?: number;
  /** Whether it is asked all the time if it still answers, so that nothing waits long for one that is silent. */
  watched?: boolean;
};

/** PostgreSQL's number of the type; both drivers give numbers for counts, and none of ours comes near 2^53. */
const int8 = 20;

export async function openServer(options: ServerOptions): Promise<Db> {
  const config = configOf(options);
  const watch = options.watched ? watchServer(config) : null;
  const storage = noteStorage();
  const pools: pg.Pool[] = [];
  const open = (max: number, timeoutMs: number | null): pg.Pool => {
    const pool = new pg.Pool({
      ...config,
      ...(timeoutMs === null ? {} : { options: `${config.options} -c statement_timeout=${timeoutMs}` }),
      Client: clientClass((client) => {
        watch?.adopt(client);
        storage.listen(client);
      }),
      max,
      connectionTimeoutMillis: 10_000,
    });
    // An idle connection that the server closes must not end the process.
    pool.on("error", () => {});
    pools.push(pool);
    return pool;
  };
  const shares = connectionsOf(options.connections ?? 10);
  const pool = open(shares?.rest ?? options.connections ?? 10, null);
  const laneOf = (lane: Lane) => sqlOf(shares ? open(shares[lane], statementTimeoutMs[lane]) : pool);
  const close = async () => {
    watch?.stop();
    await Promise.all(pools.map((one) => one.end()));
  };
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await close();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
  return {
    kind: "postgresql",
    prisma,
    sql: sqlOf(pool),
    lanes: { short: laneOf("short"), dashboard: laneOf("dashboard"), long: laneOf("long") },
    openLine: lineOpener(config),
    storage: storage.state,
    answers: () => watch?.answers() ?? true,
    close: async () => {
      await prisma.$disconnect();
      await close();
    },
  };
}

function configOf({ url, name, idleTransactionMs = 1_500 }: ServerOptions): pg.ClientConfig {
  return {
    connectionString: url,
    // PostgreSQL cuts longer names.
    ...(name ? { application_name: name.slice(0, 63) } : {}),
    // A connection that nobody uses for a while is still known to what lies between, and one that is cut is found.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Both Prisma adapters read a timestamptz as if the session were in UTC. A process that is stopped inside of a
    // transaction must not keep every other node waiting with its locks, nor one whose packets are lost (milliseconds;
    // the server gives it up by itself). Without statistics a list looks costly enough to the planner to compile it
    // (JIT), which takes forty times as long as the list.
    options: `-c timezone=UTC -c jit=off -c idle_in_transaction_session_timeout=${idleTransactionMs} -c tcp_user_timeout=10000 -c tcp_keepalives_idle=10`,
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
}

function sqlOf(pool: pg.Pool): Sql {
  return {
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
  };
}

const diskFull = "53100";
/** So long after a write that found no room, the disk counts as full (milliseconds). */
const fullForMs = 15_000;

/** Remembers when the server last had no room for a write. */
function noteStorage() {
  let fullAt = Number.NEGATIVE_INFINITY;
  return {
    state: () => (performance.now() - fullAt < fullForMs ? ("full" as const) : ("ok" as const)),
    listen: (client: pg.Client) => {
      const { connection } = client as unknown as { connection: EventEmitter };
      connection.on("errorMessage", ({ code }: { code?: string }) => {
        if (code === diskFull) fullAt = performance.now();
      });
    },
  };
}

/** Connections of which each is handed to `onNew` before it connects. */
function clientClass(onNew: (client: pg.Client) => void): typeof pg.Client {
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      onNew(this);
    }
  } as typeof pg.Client;
}
