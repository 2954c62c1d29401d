import fs from "node:fs";
import path from "node:path";
import { carryRestrictions, type Restrictions, readRestrictions } from "@tocsin/core/revocation";
import { createDb, type Db, type DumpProgress, loadDump, replaceDataDir } from "@tocsin/db";
import { lockDataDir } from "../process/data-lock";
import type { Settings } from "../settings/settings";
import { BackupError } from "./backup-error";
import type { Verified } from "./read-backup";
import { patienceMs } from "./source";

export type RestorePlan = {
  settings: Settings;
  backup: Verified;
  /** Whether a database that holds something may be replaced. */
  replace: boolean;
  now: Date;
  onProgress?: DumpProgress;
};

export type Restored = {
  rows: number;
  tables: number;
  migrated: string[];
  /** Keys and tokens that were revoked after the backup had been made, and stay so. */
  carried: { keys: number; tokens: number };
};

/** Puts a backup in the place of the database, all of it or nothing, while nobody else has it open. */
export async function restoreBackup(plan: RestorePlan): Promise<Restored> {
  return plan.settings.databaseUrl ? onServer(plan, plan.settings.databaseUrl) : inFolder(plan);
}

async function onServer(plan: RestorePlan, url: string): Promise<Restored> {
  const db = await createDb({ url, connections: 2, name: "tocsin-restore", idleTransactionMs: patienceMs });
  try {
    const others = await db.sql.query<{ name: string }>(
      `SELECT DISTINCT application_name AS name FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'tocsin %' ORDER BY 1`,
    );
    if (others.length > 0)
      throw new BackupError(
        "database_in_use",
        `Stop all nodes before a restore: ${others.map(({ name }) => name.replace("tocsin ", "")).join(", ")} still run on this database.`,
      );
    const before = await lookAt(db, plan);
    const restored = await load(db, plan, before);
    await db.sql.query("ANALYZE");
    return restored;
  } finally {
    await db.close();
  }
}

/** The new database is made beside the one that there is, and takes its name when it is whole. */
async function inFolder(plan: RestorePlan): Promise<Restored> {
  const { dataDir } = plan.settings;
  const unlock = lockDataDir(dataDir);
  try {
    const place = path.join(dataDir, "db");
    const fresh = `${place}.restored`;
    fs.rmSync(fresh, { recursive: true, force: true });
    const before = await lookAtFolder(place, plan);
    try {
      const restored = await fill(fresh, plan, before);
      replaceDataDir(place, fresh);
      return restored;
    } finally {
      fs.rmSync(fresh, { recursive: true, force: true });
    }
  } finally {
    unlock();
  }
}

async function fill(dataDir: string, plan: RestorePlan, before: Restrictions): Promise<Restored> {
  const db = await createDb({ dataDir });
  try {
    const restored = await load(db, plan, before);
    await db.sql.query("ANALYZE");
    await db.sql.query("CHECKPOINT");
    return restored;
  } finally {
    await db.close();
  }
}

async function lookAtFolder(place: string, plan: RestorePlan): Promise<Restrictions> {
  if (!fs.existsSync(place) && !fs.existsSync(`${place}.replaced`)) return { head: 0, keys: [], tokens: [] };
  const db = await createDb({ dataDir: place });
  try {
    return await lookAt(db, plan);
  } finally {
    await db.close();
  }
}

/** What would be lost; a database that was started and holds nothing of anybody's is empty. */
const telling = ['"user"', "workspace", "audit_event", "ioc", "article"];

/** Throws `not_empty` where there is something to lose and nobody has agreed to it. */
async function lookAt(db: Db, { replace }: RestorePlan): Promise<Restrictions> {
  const held: string[] = [];
  for (const table of telling) {
    const [known] = await db.sql.query<{ found: boolean }>("SELECT to_regclass($1::text) IS NOT NULL AS found", [
      table,
    ]);
    if (!known?.found) continue;
    const [some] = await db.sql.query<{ found: boolean }>(`SELECT EXISTS (SELECT FROM ${table}) AS found`);
    if (some?.found) held.push(table.replaceAll('"', ""));
  }
  if (held.length > 0 && !replace)
    throw new BackupError(
      "not_empty",
      `The database holds something already (${held.join(", ")}). Add --yes to replace all of it by the backup.`,
    );
  return readRestrictions(db.sql.query);
}

async function load(db: Db, { backup, now, onProgress }: RestorePlan, before: Restrictions): Promise<Restored> {
  let carried = { keys: 0, tokens: 0 };
  const { rows, tables, migrated } = await loadDump(db, backup.lines(), {
    ...(onProgress ? { onProgress } : {}),
    finish: async (query) => {
      carried = await carryRestrictions(query, before, now);
    },
  });
  if (rows !== backup.facts.rows) throw new BackupError("backup_damaged", "The backup changed while it was restored.");
  return { rows, tables: Object.keys(tables).length, migrated, carried };
}
