import { createHash, hkdfSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Peppers, SigningKeys } from "@tocsin/core/context";
import { syncFile } from "@tocsin/db";

/** What is derived from TOCSIN_SECRET: one key for each use, so that none gives another away. */
export type Keyring = {
  /** Of accounts, the current one first, then those of the former secrets. */
  accounts: readonly [string, ...string[]];
  peppers: Peppers;
  auditKeys: SigningKeys;
  /** Backups are signed with them; the id of the current one tells whether two instances have one secret. */
  backupKeys: SigningKeys;
};

export function deriveKeyring(secret: string, previous: readonly string[]): Keyring {
  const secrets = [secret, ...previous];
  return {
    accounts: [accountKeyOf(secret), ...previous.map(accountKeyOf)],
    peppers: ringOf(secrets, "tocsin/key-pepper/1"),
    auditKeys: ringOf(secrets, "tocsin/audit/1"),
    backupKeys: ringOf(secrets, "tocsin/backup/1"),
  };
}

function accountKeyOf(secret: string): string {
  return derive(secret, "tocsin/session/1").toString("base64url");
}

/** One key for each secret by its id; that of the first is current. */
function ringOf(secrets: readonly string[], use: string): Peppers {
  const keys = secrets.map((value) => derive(value, use));
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  const [current] = byId.keys();
  return { current: current ?? "", byId };
}

/** The embedded database's secret: made once, readable by its owner only. */
export function readOrCreateSecretFile(dataDir: string): string {
  const file = path.join(dataDir, "secret");
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!fs.existsSync(file)) {
    const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
    fs.writeFileSync(draft, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flush: true });
    try {
      // A link is made whole or not at all: two processes starting at once agree on one secret.
      fs.linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      fs.rmSync(draft);
    }
    // Its name must be on the disk before any key is made under it, and so must that of a folder that was just made.
    syncFile(dataDir);
    syncFile(path.dirname(path.resolve(dataDir)));
  }
  const secret = fs.readFileSync(file, "utf8").trim();
  if (secret.length < 32)
    throw new Error(`${file} is cut short. Restore it from a backup: without it no stored key can be verified.`);
  return secret;
}

function derive(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", use, 32));
}

function keyIdOf(key: Buffer): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 12);
}
