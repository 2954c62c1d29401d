import fs from "node:fs";
import path from "node:path";

/** Brings every file and folder of a tree to the disk, as `initdb --sync-only` does: what is in it survives a power cut. */
export function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) syncTree(place);
    else if (entry.isFile()) syncFile(place);
  }
  syncFile(folder);
}

/** Brings a file to the disk, or the names in a folder: a file that was made or renamed there is found after a power cut. */
export function syncFile(file: string): void {
  let fd: number;
  try {
    fd = fs.openSync(file, "r");
  } catch (error) {
    // Windows opens no folders; its file systems write names by themselves.
    if (process.platform === "win32") return;
    throw error;
  }
  try {
    fs.fsyncSync(fd);
  } catch (error) {
    // Some network file systems know no fsync of a folder: PostgreSQL passes over it too (fd.c, fsync_fname_ext).
    if (!["EBADF", "EINVAL", "EPERM", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    fs.closeSync(fd);
  }
}
