import fs from "node:fs";
import path from "node:path";
import type { Deps } from "../deps";
import { explainFailure } from "../process/explain-failure";
import type { Terminal } from "../process/terminal";

const folderOf = /^backup-(\d+)$/;

/**
 * Copies the embedded database for the process that asks, and says where: it reads, packs and encrypts the copy itself and
 * removes it. Copies of processes that are no more are removed here.
 */
export async function copyDatabase(
  { settings: { dataDir }, db, log }: Pick<Deps, "settings" | "db" | "log">,
  pid: string | undefined,
  terminal: Terminal,
): Promise<number> {
  try {
    removeAbandoned(dataDir);
    const folder = path.join(dataDir, `backup-${Number(pid)}`);
    fs.mkdirSync(folder, { mode: 0o700 });
    const start = performance.now();
    await db.copyFolder?.(path.join(folder, "db"));
    log.info({ ms: Math.round(performance.now() - start) }, "the database was copied for a backup");
    terminal.out(folder);
    return 0;
  } catch (error) {
    terminal.err(explainFailure(error));
    return 1;
  }
}

function removeAbandoned(dataDir: string): void {
  for (const name of fs.readdirSync(dataDir)) {
    const pid = Number(folderOf.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
