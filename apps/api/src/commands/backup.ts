import path from "node:path";
import { newPassphrase } from "../backup/passphrase";
import { openSource } from "../backup/source";
import { refuseExisting, type Written, writeBackup } from "../backup/write-backup";
import { progressLine, type Terminal } from "../process/terminal";
import { version } from "../process/version";
import { deriveKeyring, readOrCreateSecretFile } from "../settings/secret";
import type { Settings } from "../settings/settings";
import { readArgs, UsageError } from "./command";

export type FileCall = { settings: Settings; terminal: Terminal; json: boolean; args: string[] };

/** `backup <file>`: it opens the database itself, since no server's version need be this one's. */
export async function backup({ settings, terminal, json, args }: FileCall): Promise<number> {
  const { values, positionals } = readArgs(args, { encrypt: { type: "boolean" } }, 1);
  const file = readFile(positionals[0]);
  refuseExisting(file);
  const passphrase = await newPassphrase(settings.backupPassphrase, values.encrypt === true, terminal);
  const source = await openSource(settings);
  const line = progressLine(terminal, json);
  try {
    const written = await writeBackup({
      db: source.db,
      file,
      keys: keysOf(settings),
      passphrase,
      version,
      now: new Date(),
      onProgress: (table, rows) => line.update(`${rows.toLocaleString("en")} rows, now ${table}`),
    });
    line.end();
    const { facts, header, bytes, sha256 } = written;
    const tables = Object.keys(facts.tables).length;
    if (json) {
      terminal.out(`${JSON.stringify({ data: factsOf({ file, header, facts, bytes, sha256 }) })}\n`);
    } else {
      terminal.out(
        `${file}: ${facts.rows.toLocaleString("en")} rows of ${tables} tables in ${megabytes(bytes)}, ${passphrase === null ? "not encrypted" : "encrypted"}, read again and found whole.\n`,
      );
      terminal.err(
        "TOCSIN_SECRET is not in it. Store it in another place: without it no API key, token or second factor works.\n",
      );
    }
    return 0;
  } finally {
    await source.close();
  }
}

export function readFile(name: string | undefined): string {
  if (name === undefined) throw new UsageError("name the file of the backup");
  return path.resolve(name);
}

export function keysOf(settings: Settings) {
  return deriveKeyring(settings.secret ?? readOrCreateSecretFile(settings.dataDir), settings.previousSecrets)
    .backupKeys;
}

/** What a backup is, for programs. */
export function factsOf({ file, header, facts, bytes, sha256 }: Written & { file: string }) {
  const { format, version: madeBy, created_at, engine, schema, secret } = header;
  return {
    ...{ file, bytes, sha256, format, version: madeBy, created_at, engine, schema, secret_id: secret },
    ...{ encrypted: header.encryption !== null, rows: facts.rows, counts: facts.tables },
  };
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
