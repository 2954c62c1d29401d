import fs from "node:fs";
import path from "node:path";
import { PGlite, type PGliteOptions, type Transaction } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { copyFolder, recoverDataDir } from "./data-folder";
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
  /** Copies its folder as it is at one moment, while everything else waits. Absent in memory. */
  copy?: (to: string) => Promise<void>;
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
  const engine = await openAgain(dataDir);
  const use = async <T>(work: (pglite: PGlite, explain: (error: unknown) => unknown) => Promise<T>): Promise<T> => {
    const live = await engine.current();
    const explain = (error: unknown) => explainError(error, { dataDir, live });
    try {
      return await work(live.pglite, explain);
    } catch (error) {
      throw explain(error);
    } finally {
      live.tendLog();
    }
  };
  return {
    run: (work) => use((pglite) => work(pglite)),
    transaction: (work) => use((pglite, explain) => pglite.transaction((tx) => work(explaining(tx, explain)))),
    storage: () => (hasRoom(dataDir) ? "ok" : "full"),
    copy: (to) =>
      use((pglite) =>
        pglite.transaction(async (tx) => {
          // What is in memory alone is in the files then, and the copy has little of the log to go through.
          await tx.exec("CHECKPOINT");
          await copyFolder(dataDir, to);
        }),
      ),
    close: engine.close,
  };
}

/** The engine that is open now; where it was lost, it is opened again by whoever asks for it. */
async function openAgain(dataDir: string) {
  let live = watchOver(await openFolder(dataDir), dataDir);
  let reopening: Promise<void> | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  const reopen = async () => {
    if (!hasRoom(dataDir)) throw noRoom(dataDir);
    if (performance.now() - triedAt < retryMs) throw lost();
    triedAt = performance.now();
    live.letGo();
    try {
      live = watchOver(await openFolder(dataDir), dataDir);
    } catch (error) {
      throw lost({ cause: error });
    }
  };
  return {
    current: async (): Promise<Watched> => {
      if (live.isLost()) {
        reopening ??= reopen().finally(() => {
          reopening = null;
        });
        await reopening;
      }
      await live.heedRoom();
      return live;
    },
    close: async () => {
      if (live.isLost()) live.letGo();
      else await live.close();
    },
  };
}

function explainError(error: unknown, { dataDir, live }: { dataDir: string; live: Watched }): unknown {
  const code = databaseCode(error);
  const full = code === diskFull || (code === readOnlyTransaction && live.isReadOnly());
  if (full || (live.isLost() && !hasRoom(dataDir))) return noRoom(dataDir, { cause: error });
  return live.isLost() ? lost({ cause: error }) : error;
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
  /** Stops writes before the disk is full: PostgreSQL cannot go on when it cannot write its log. */
  heedRoom: () => Promise<void>;
  isReadOnly: () => boolean;
  /** Makes a checkpoint when the log has become long. */
  tendLog: () => void;
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
function watchOver(pglite: PGlite, dataDir: string): Watched {
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
    ...watchRoom(pglite, dataDir),
    tendLog: checkpointer(pglite, () => ended !== null),
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

function watchRoom(pglite: PGlite, dataDir: string): Pick<Watched, "heedRoom" | "isReadOnly"> {
  let readOnly = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    isReadOnly: () => readOnly,
    heedRoom: async () => {
      if (performance.now() - lookedAt < lookEveryMs) return;
      lookedAt = performance.now();
      const full = !hasRoom(dataDir);
      if (full === readOnly) return;
      readOnly = full;
      await pglite.exec(`SET default_transaction_read_only TO ${full ? "on" : "off"}`);
    },
  };
}

// PostgreSQL without a postmaster makes no checkpoint of its own: its log would grow for as long as the process lives.
function checkpointer(pglite: PGlite, isLost: () => boolean): () => void {
  let checkedAt = performance.now();
  const tend = async () => {
    const { rows } = await pglite.query<{ due: boolean }>(
      "SELECT pg_current_wal_insert_lsn() - redo_lsn > $1::bigint AS due FROM pg_control_checkpoint()",
      [checkpointBytes],
    );
    if (rows[0]?.due) await pglite.exec("CHECKPOINT");
  };
  return () => {
    if (isLost() || performance.now() - checkedAt < checkpointLookMs) return;
    checkedAt = performance.now();
    // One that fails is made at the next look, and an engine that was closed needs none.
    tend().catch(() => {});
  };
}

// A folder whose making was cut short would never open again, so it is made beside its place and moved there whole.
async function initDataDir(dataDir: string): Promise<void> {
  recoverDataDir(dataDir);
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
