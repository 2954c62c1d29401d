import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { PassThrough, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { SigningKeys } from "@tocsin/core/context";
import { appliedMigrations, type Db, type DumpFacts, type DumpProgress, dumpDatabase, syncFile } from "@tocsin/db";
import { BackupError } from "./backup-error";
import { deriveFileKey, encryptWith, newEncryption } from "./cipher";
import { format, type Header, writeTrailer } from "./envelope";
import { verifyBackup } from "./read-backup";

export type BackupPlan = {
  db: Pick<Db, "sql" | "kind">;
  file: string;
  keys: SigningKeys;
  /** Null writes it in the clear. */
  passphrase: string | null;
  version: string;
  now: Date;
  onProgress?: DumpProgress;
};

export type Written = { header: Header; facts: DumpFacts; bytes: number; sha256: string };

/**
 * Writes a backup, reads it again to its end, and only then gives it its name: whatever happens, a file of that name is a
 * whole backup. Throws `backup_exists` where there is one already.
 */
export async function writeBackup(plan: BackupPlan): Promise<Written> {
  const { file, keys, passphrase } = plan;
  refuseExisting(file);
  const part = `${file}.${randomBytes(4).toString("hex")}.part`;
  try {
    const { header, facts } = await writePart(part, plan);
    const found = await verifyBackup(part, { keys, passphrase: async () => passphrase ?? "" });
    if (found.facts.rows !== facts.rows)
      throw new BackupError("backup_damaged", "The backup was not read again as it was written: try another disk.");
    giveName(part, file);
    return { header, facts, bytes: found.bytes, sha256: found.sha256 };
  } finally {
    fs.rmSync(part, { force: true });
  }
}

/** Throws where a backup of this name cannot be begun. */
export function refuseExisting(file: string): void {
  const folder = path.dirname(file);
  if (!fs.existsSync(folder)) throw new BackupError("no_folder", `There is no folder ${folder} to put the backup in.`);
  if (fs.existsSync(file))
    throw new BackupError(
      "backup_exists",
      `${file} is there already, and no backup is overwritten. Name another file.`,
    );
}

async function writePart(part: string, plan: BackupPlan): Promise<{ header: Header; facts: DumpFacts }> {
  const { db, keys, passphrase } = plan;
  const encryption = passphrase === null ? null : newEncryption();
  const schema = (await appliedMigrations(db.sql.query)).at(-1);
  if (schema === undefined) throw new BackupError("no_database", "The database holds nothing of Tocsin's to back up.");
  const header: Header = {
    format,
    version: plan.version,
    created_at: plan.now.toISOString(),
    engine: db.kind,
    schema,
    secret: keys.current,
    compression: "gzip",
    encryption,
  };
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  const cipher = encryption ? encryptWith(await deriveFileKey(passphrase ?? "", encryption), line) : new PassThrough();
  const target = fs.createWriteStream(part, { flags: "wx", mode: 0o600 });
  await once(target, "open");
  const { hash, through } = hashing(line);
  target.write(line);
  const source = createGzip();
  const writing = pipeline(source, cipher, through, target);
  const facts = await dumpInto(source, writing, plan);
  fs.appendFileSync(part, writeTrailer(hash.digest(), keys));
  syncFile(part);
  return { header, facts };
}

function hashing(first: Buffer) {
  const hash = createHash("sha256").update(first);
  const through = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { hash, through };
}

/** A page is asked for when the one before is on its way to the disk. */
async function dumpInto(source: Writable, writing: Promise<void>, { db, onProgress }: BackupPlan): Promise<DumpFacts> {
  const write = (lines: string) =>
    new Promise<void>((resolve, reject) => {
      source.write(lines, (error) => (error ? reject(error) : resolve()));
    });
  // What stopped the pipeline is told, and not what a stopped pipeline says to whoever writes.
  writing.catch(() => {});
  try {
    const facts = await dumpDatabase(db, write, onProgress);
    source.end();
    await writing;
    return facts;
  } catch (error) {
    source.destroy(error as Error);
    await writing;
    throw error;
  }
}

function giveName(part: string, file: string): void {
  try {
    // Unlike a rename, a link never takes the place of a file that came meanwhile.
    fs.linkSync(part, file);
  } catch (error) {
    refuseExisting(file);
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
    fs.renameSync(part, file);
  }
  syncFile(path.dirname(file));
}
