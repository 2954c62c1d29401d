import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Another process has the embedded database open. */
export class DataLockedError extends Error {
  constructor(
    readonly pid: number,
    dataDir: string,
  ) {
    super(
      `The data folder ${dataDir} is in use by process ${pid}. Stop it first, or set TOCSIN_DATA_DIR to another folder.`,
    );
    this.name = "DataLockedError";
  }
}

type Holder = { pid: number; born: string };

/**
 * Takes the data folder for this process: PGlite, being PostgreSQL without a postmaster, does not guard its files.
 * A lock left by a killed process is taken over; a process id that was given to somebody else since is told apart by
 * its start time. Returns what gives the folder back.
 */
export function lockDataDir(dataDir: string): () => void {
  const file = path.join(dataDir, "lock");
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const mine = JSON.stringify({ pid: process.pid, born: bornAt(process.pid) } satisfies Holder);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  fs.writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (tryLink(draft, file)) {
        return () => {
          if (readText(file) === mine) fs.rmSync(file, { force: true });
        };
      }
      const found = readText(file);
      const holder = parseHolder(found);
      if (holder && isAlive(holder)) throw new DataLockedError(holder.pid, dataDir);
      takeAway(file, found);
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
  throw new Error(`The lock ${file} could not be taken.`);
}

function tryLink(from: string, to: string): boolean {
  try {
    fs.linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

// Renaming tells whose lock was removed: should another starter have been faster, its lock goes back.
function takeAway(file: string, stale: string): void {
  const aside = `${file}.stale.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (readText(aside) !== stale) tryLink(aside, file);
  fs.rmSync(aside, { force: true });
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    return typeof value.pid === "number" && typeof value.born === "string"
      ? { pid: value.pid, born: value.born }
      : null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return bornAt(holder.pid) === holder.born;
}

// Linux: clock ticks since boot, with the boot's id, from proc(5); elsewhere: ps.
function bornAt(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const boot = fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    try {
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim();
    } catch {
      return "";
    }
  }
}
