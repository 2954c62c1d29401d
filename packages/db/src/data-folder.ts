import fs from "node:fs";
import path from "node:path";
import { freeBytes, hasRoom, noRoom } from "./disk-room";
import { syncFile, syncTree } from "./sync-files";

/**
 * Copies the files of a database that nobody writes to meanwhile; where the file system can, a copy shares their blocks.
 * Throws `StorageFullError` where there is no room for it, with nothing left behind.
 */
export async function copyFolder(from: string, to: string): Promise<void> {
  const parent = path.dirname(to);
  if (freeBytes(parent) < bytesOf(from) || !hasRoom(parent)) throw noRoom(parent);
  try {
    await fs.promises.cp(from, to, { recursive: true, mode: fs.constants.COPYFILE_FICLONE, errorOnExist: true });
  } catch (error) {
    await fs.promises.rm(to, { recursive: true, force: true });
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? noRoom(parent, { cause: error }) : error;
  }
}

function bytesOf(folder: string): number {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

const replaced = (dataDir: string) => `${dataDir}.replaced`;

/** Puts another closed database in the place of one that may be there, which is removed. A power cut leaves one of both. */
export function replaceDataDir(dataDir: string, by: string): void {
  syncTree(by);
  fs.rmSync(replaced(dataDir), { recursive: true, force: true });
  if (fs.existsSync(dataDir)) fs.renameSync(dataDir, replaced(dataDir));
  fs.renameSync(by, dataDir);
  syncFile(path.dirname(dataDir));
  fs.rmSync(replaced(dataDir), { recursive: true, force: true });
}

/** Finds the one before again where its replacement was cut short between the two names. */
export function recoverDataDir(dataDir: string): void {
  if (!fs.existsSync(dataDir) && fs.existsSync(replaced(dataDir))) fs.renameSync(replaced(dataDir), dataDir);
}
