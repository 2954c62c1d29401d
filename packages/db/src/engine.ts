import fs from "node:fs";
import path from "node:path";
import { PGlite, type PGliteOptions, type Transaction } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { DatabaseSilentError, databaseCode, StorageFullError } from "./database-errors";
import { hasRoom, noRoom, noRoomForFirstStart, requireRoomForFirstStart } from "./disk-room";
import { DurableNodeFs } from "./durable-fs";
import { syncFile, syncTree } from "./sync-files";

// Both drivers then give numbers for counts; none of ours comes near 2^53.
const int8 = 20;

/** PGlite in a folder, which is opened again when it was lost. */
export type Engine = {
  run: <T>(work: (pglite: PGlite) => Promise<T>) => Promise<T>;
  /** As PGlite's, but a commit that failed is an error. */
  transaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  storage: () => "ok" | "full";
  close: () => Promise<void>;
};

export async function openMemory(dump?: Blob): Promise<PGlite> {
  const pglite = await openPglite(dump ? { loadDataDir: dump } : {});
  await pglite.exec("SET timezone TO 'UTC'");
  return pglite;
}

export function memoryEngine(pglite: PGlite): Engine {
  return {
    run: (work) => work(pglite),
    transaction: (work) => pglite.transaction(work),
    storage: () => "ok",
    close: () => pglite.close(),
  };
}

/** Opens the folder, making it when it is not there; throws `StorageFullError` where there is no room to begin. */
export async function openEngine(dataDir: string): Promise<Engine> {
  await initDataDir(dataDir);
  let live = watchOver(await openFolder(dataDir));
  let reopening: Promise<void> | null = null;
  let triedAt = 0;
  let readOnly = false;
  let lookedAt = 0;
  let checkedAt = 0;

  const reopen = async () => {
    if (!hasRoom(dataDir)) throw noRoom(dataDir);
    if (performance.now() - triedAt < retryMs) throw lost();
    triedAt = performance.now();
    live.letGo();
    try {
      live = watchOver(await openFolder(dataDir));
      readOnly = false;
    } catch (error) {
      throw lost({ cause: error });
    }
  };
  const current = async (): Promise<Watched> => {
    if (live.isLost()) {
      reopening ??= reopen().finally(() => {
        reopening = null;
      });
      await reopening;
    }
    await heedRoom();
    return live;
  };
  // Writes stop before the disk is full: PostgreSQL cannot go on when it cannot write its log.
  const heedRoom = async () => {
    if (performance.now() - lookedAt < lookEveryMs) return;
    lookedAt = performance.now();
    const full = !hasRoom(dataDir);
    if (full === readOnly) return;
    readOnly = full;
    await live.pglite.exec(`SET default_transaction_read_only TO ${full ? "on" : "off"}`);
  };
  // PostgreSQL without a postmaster makes no checkpoint of its own: its log would grow for as long as the process lives.
  const heedLog = async () => {
    if (live.isLost() || performance.now() - checkedAt < checkpointLookMs) return;
    checkedAt = performance.now();
    const { rows } = await live.pglite.query<{ due: boolean }>(
      "SELECT pg_current_wal_insert_lsn() - redo_lsn > $1::bigint AS due FROM pg_control_checkpoint()",
      [checkpointBytes],
    );
    if (rows[0]?.due) await live.pglite.exec("CHECKPOINT");
  };
  const tendLog = () => void heedLog().catch(() => {});
  const explain = (error: unknown, { isLost }: Watched): unknown => {
    const code = databaseCode(error);
    if (code === readOnlyTransaction && readOnly) return noRoom(dataDir, { cause: error });
    if (code === diskFull) return noRoom(dataDir, { cause: error });
    if (isLost()) return hasRoom(dataDir) ? lost({ cause: error }) : noRoom(dataDir, { cause: error });
    return error;
  };
  const run: Engine["run"] = async (work) => {
    const used = await current();
    try {
      return await work(used.pglite);
    } catch (error) {
      throw explain(error, used);
    } finally {
      tendLog();
    }
  };

  return {
    run,
    transaction: async (work) => {
      const used = await current();
      try {
        return await used.pglite.transaction((tx) => work(explaining(tx, (error) => explain(error, used))));
      } catch (error) {
        throw explain(error, used);
      } finally {
        tendLog();
      }
    },
    storage: () => (hasRoom(dataDir) ? "ok" : "full"),
    close: async () => {
      if (live.isLost()) return live.letGo();
      await live.close();
    },
  };
}

/** How often room is looked for, at most; and how often a lost engine is opened again, at most (milliseconds). */
const lookEveryMs = 250;
const retryMs = 1_000;
/** How often the log is measured, at most (milliseconds), and how long it may be. */
const checkpointLookMs = 1_000;
const checkpointBytes = 96 * 1024 * 1024;
const readOnlyTransaction = "25006";
const diskFull = "53100";

function lost(options?: ErrorOptions): DatabaseSilentError {
  return new DatabaseSilentError("The embedded database stopped while it worked; it is opened again.", options);
}

function explaining(tx: Transaction, explain: (error: unknown) => unknown): Transaction {
  const inWords =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    (...args: A) =>
      call(...args).catch((error: unknown) => {
        throw explain(error);
      });
  return {
    ...tx,
    query: inWords(tx.query) as Transaction["query"],
    exec: inWords(tx.exec),
    // Whoever takes a transaction back has an error already, and the adapter does not wait for this one.
    rollback: () => tx.rollback().catch(() => {}),
  };
}

type Watched = {
  pglite: PGlite;
  isLost: () => boolean;
  /** Gives back what a lost engine holds, without another call into it. */
  letGo: () => void;
  close: () => Promise<void>;
};

type Module = PGlite["Module"] & { FS: { streams: unknown[]; close: (stream: unknown) => void } };
/** Emscripten's longjmp out of PostgreSQL's loop: an ordinary ERROR. */
const longjmp = 100;

/**
 * Watches for the end of the engine, as at a PANIC: PGlite goes on calling into what has been aborted, and never comes
 * back from it. From the first such exception on, every call throws.
 */
function watchOver(pglite: PGlite): Watched {
  const module = pglite.Module as Module;
  let ended: { cause: unknown } | null = null;
  let closing = false;
  const refuse = () => {
    throw lost(ended ?? undefined);
  };
  const turn = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      turn();
    } catch (error) {
      if (!closing && (error as { status?: number }).status !== longjmp) {
        ended = { cause: error };
        module._PostgresMainLoopOnce = refuse;
        // PGlite catches what the turn throws and goes on, but not what this throws.
        module.stackRestore = refuse;
        module._PostgresSendReadyForQueryIfNecessary = () => {};
        module._pgl_pq_flush = () => {};
      }
      throw error;
    }
  };
  return {
    pglite,
    isLost: () => ended !== null,
    letGo: () => {
      for (const stream of module.FS.streams) {
        try {
          if (stream) module.FS.close(stream);
        } catch {
          // It is closed already.
        }
      }
    },
    close: async () => {
      closing = true;
      await pglite.close();
    },
  };
}

// A folder whose making was cut short would never open again, so it is made beside its place and moved there whole.
async function initDataDir(dataDir: string): Promise<void> {
  if (fs.existsSync(dataDir)) return;
  const parent = path.dirname(dataDir);
  const draft = `${dataDir}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(parent, { recursive: true, mode: 0o700 });
  requireRoomForFirstStart(parent);
  try {
    fs.mkdirSync(draft, { mode: 0o700 });
    const pglite = await openFolder(draft);
    await pglite.close();
    // PGlite copies these files out of memory, without PostgreSQL.
    syncTree(draft);
    fs.renameSync(draft, dataDir);
    syncFile(parent);
  } catch (error) {
    if (hasRoom(parent)) throw error;
    fs.rmSync(draft, { recursive: true, force: true });
    throw error instanceof StorageFullError ? error : noRoomForFirstStart(parent, { cause: error });
  }
}

async function openFolder(dataDir: string): Promise<PGlite> {
  const pglite = await openPglite({
    fs: new DurableNodeFs(dataDir),
    // PGlite's own parameters switch fsync off (-F).
    startParams: [
      ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
      "-c",
      "wal_sync_method=fsync",
      "-c",
      "max_wal_size=128MB",
    ],
  });
  await pglite.exec("SET timezone TO 'UTC'");
  return pglite;
}

function openPglite(options: PGliteOptions): Promise<PGlite> {
  return PGlite.create({ ...options, extensions: { pg_trgm }, parsers: { [int8]: Number } });
}
