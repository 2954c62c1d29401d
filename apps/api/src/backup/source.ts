import fs from "node:fs";
import path from "node:path";
import { createDb, type Db } from "@tocsin/db";
import { sendCommand } from "../process/control";
import { DataLockedError, lockDataDir } from "../process/data-lock";
import type { Settings } from "../settings/settings";
import { BackupError } from "./backup-error";

/** A database as it is, whatever its version; `close` leaves nothing behind. */
export type Source = { db: Db; close: () => Promise<void> };

/** Milliseconds in which a transaction of a backup or a restore may stand still, as when a disk is slow. */
export const patienceMs = 600_000;

/**
 * Opens what is to be backed up, without a migration. Where a server holds the embedded database, it makes a copy of the
 * files, for which others wait, and the copy is read in this process.
 */
export async function openSource(settings: Settings): Promise<Source> {
  const { databaseUrl: url, dataDir } = settings;
  if (url) {
    const db = await createDb({ url, connections: 2, name: "tocsin-backup", idleTransactionMs: patienceMs });
    return { db, close: db.close };
  }
  if (!fs.existsSync(path.join(dataDir, "db")))
    throw new BackupError("no_database", `TOCSIN_DATA_DIR: there is no database in ${dataDir}.`);
  try {
    const unlock = lockDataDir(dataDir);
    return await openFolder(path.join(dataDir, "db"), unlock);
  } catch (error) {
    if (!(error instanceof DataLockedError)) throw error;
    const folder = await askForCopy(dataDir, error);
    return openFolder(path.join(folder, "db"), () => fs.rmSync(folder, { recursive: true, force: true }));
  }
}

async function openFolder(dataDir: string, after: () => void): Promise<Source> {
  try {
    const db = await createDb({ dataDir });
    return { db, close: () => db.close().finally(after) };
  } catch (error) {
    after();
    throw error;
  }
}

async function askForCopy(dataDir: string, locked: DataLockedError): Promise<string> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    tty: false,
    columns: 80,
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
  };
  const exit = await sendCommand(dataDir, [copyCommand, String(process.pid)], terminal);
  // A command, such as an ingest, answers nobody.
  if (exit === null) throw locked;
  if (exit !== 0)
    throw new BackupError("database_in_use", err.join("").trim() || "The server made no copy of its database.");
  return out.join("").trim();
}

/** What a server does for `tocsin backup` alone; no command for people. */
export const copyCommand = "copy-database";
