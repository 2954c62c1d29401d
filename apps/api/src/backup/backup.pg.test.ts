import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { emptyDatabaseUrl, type TestDatabase } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOperator } from "../accounts/setup";
import { runCommand } from "../commands/run-command";
import { type Deps, openDeps } from "../deps";
import { listenForCommands } from "../process/control";
import { createLogger } from "../process/logger";
import { runProgram } from "../run-program";
import { readSettings } from "../settings/settings";
import { copyDatabase } from "./copy-database";
import { copyCommand } from "./source";

const common = {
  TOCSIN_SECRET: "a secret for tests of backups, long enough",
  TOCSIN_FEEDS: "off",
  TOCSIN_WORKER: "off",
};
let folder: string;
let database: TestDatabase;
/** Where the first instance is, then the server, then another folder. */
const envs = () => ({
  first: { ...common, TOCSIN_DATA_DIR: path.join(folder, "first") },
  server: { ...common, TOCSIN_DATA_DIR: path.join(folder, "server"), DATABASE_URL: database.url },
  second: { ...common, TOCSIN_DATA_DIR: path.join(folder, "second") },
});
type Env = Record<string, string>;

async function tocsin(env: Env, ...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const write = (to: string[]) => (text: string) => void to.push(text);
  const terminal = { tty: false, columns: 80, out: write(out), err: write(err) };
  const code = await runProgram(args, { terminal, readEnv: () => env });
  return { code, out: out.join(""), err: err.join("") };
}
async function json(env: Env, ...args: string[]) {
  const { code, out } = await tocsin(env, ...args, "--json");
  return { code, ...(JSON.parse(out) as { data: Facts; error?: { code: string; message: string } }) };
}
type Facts = {
  counts: Record<string, number>;
  rows: number;
  encrypted: boolean;
  secret: string;
  revoked_anew: { keys: number };
  keys: { active: number; revoked: number };
  audit: { chains: number; events: number; problems: string[] } | null;
};

const open = (env: Env) => openDeps(readSettings(env), createLogger("silent"));
const file = (name: string) => path.join(folder, name);
const usable = async (deps: Deps, secret: string) => (await deps.verifier.verify(secret, null)).usable;

async function newKey(deps: Deps, name: string): Promise<{ id: string; secret: string }> {
  const out: string[] = [];
  const terminal = { tty: false, columns: 80, out: (text: string) => void out.push(text), err: () => {} };
  expect(await runCommand(deps, ["keys", "create", "--name", name, "--json"], terminal)).toBe(0);
  const { data } = JSON.parse(out.join("")) as { data: { id: string; key: string } };
  return { id: data.id, secret: data.key };
}
async function revoke(deps: Deps, id: string): Promise<void> {
  const terminal = { tty: false, columns: 80, out: () => {}, err: () => {} };
  expect(await runCommand(deps, ["keys", "revoke", id], terminal)).toBe(0);
}

const keys = {} as Record<"good" | "revoked" | "later", { id: string; secret: string }>;
/** What was counted when the backup was made, with what was added while it was. */
let made: Facts;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-backup-"));
  database = await emptyDatabaseUrl();
  const env = envs().first;
  const deps = await open(env);
  const control = await listenForCommands(env.TOCSIN_DATA_DIR, (argv, terminal) =>
    argv[0] === copyCommand ? copyDatabase(deps, argv[1], terminal) : runCommand(deps, argv, terminal),
  );
  try {
    const account = { email: "op@tocsin.example", password: "correct horse battery", name: "Op", workspace: "First" };
    await createOperator(deps, account);
    const quiet = { tty: false, columns: 80, out: () => {}, err: () => {} };
    expect(await runCommand(deps, ["demo", "load"], quiet)).toBe(0);
    for (const name of ["good", "revoked", "later"] as const) keys[name] = await newKey(deps, name);
    await revoke(deps, keys.revoked.id);
    made = await backUpDuring(deps, env);
    await revoke(deps, keys.later.id);
  } finally {
    await control.close();
    await deps.close();
  }
});
afterAll(async () => {
  await database?.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Backs up the running instance while keys, events and indicators are written. */
async function backUpDuring(deps: Deps, env: Env): Promise<Facts> {
  let stopped = false;
  const writing = (async () => {
    for (let n = 0; !stopped; n++) {
      await setImmediate();
      if (n % 20 === 0) await newKey(deps, `written ${n}`);
      await deps.db.sql.query(
        `INSERT INTO ioc (id, type, value, confidence, first_seen, last_seen, risk_score, sources_count)
         VALUES (gen_random_uuid(), 'domain', $1, 1, now(), now(), 0, 1)`,
        [`n${n}.example`],
      );
    }
  })();
  const done = await json(env, "backup", file("first.backup"));
  stopped = true;
  await writing;
  expect(done.code).toBe(0);
  expect(fs.readdirSync(env.TOCSIN_DATA_DIR ?? "").filter((name) => name.startsWith("backup-"))).toEqual([]);
  return done.data;
}

describe("a backup that was taken while indicators came in", () => {
  it("is restored on PostgreSQL, and from there in another folder: all of it, and proved", async () => {
    const { first, server, second } = envs();
    expect(made.counts).toMatchObject({ user: 1, workspace: 1 });
    expect(made.counts.ioc).toBeGreaterThan(10);

    const there = await json(server, "import", file("first.backup"));
    expect(there.code).toBe(0);
    expect(there.data).toMatchObject({ counts: made.counts, secret: "current", audit: { problems: [] } });
    expect(there.data.audit?.events).toBe(made.counts.audit_event);
    const onServer = await open(server);
    expect(await usable(onServer, keys.good.secret)).toBe(true);
    expect(await usable(onServer, keys.revoked.secret)).toBe(false);
    const [tally] = await onServer.db.sql.query<{ same: boolean }>(
      `SELECT (SELECT count(*) FROM ioc) = COALESCE((SELECT sum(n) FROM ioc_facet), 0)
         + COALESCE((SELECT sum(n) FROM ioc_tally_change WHERE facet IS NOT NULL), 0) AS same`,
    );
    expect(tally?.same).toBe(true);
    await onServer.close();

    const back = await json(server, "export", file("server.backup"));
    // The restore itself is an event, of the instance's own chain.
    const { audit_event: events = 0, audit_head: heads = 0 } = made.counts;
    expect(back.data.counts).toEqual({ ...made.counts, audit_event: events + 1, audit_head: heads + 1 });
    const again = await json(second, "restore", file("server.backup"));
    expect([again.code, again.data.counts]).toEqual([0, back.data.counts]);
    expect((await tocsin(second, "audit", "verify")).code).toBe(0);
    const inFolder = await open(second);
    expect(await usable(inFolder, keys.good.secret)).toBe(true);
    expect(await usable(inFolder, keys.revoked.secret)).toBe(false);
    await inFolder.close();
    expect((await tocsin(first, "audit", "verify")).code).toBe(0);
  });

  it("takes the place of what is there only when that is meant, and revives no key", async () => {
    const { first } = envs();
    const refused = await json(first, "restore", file("first.backup"));
    expect([refused.code, refused.error?.code]).toEqual([1, "not_empty"]);
    const done = await json(first, "restore", file("first.backup"), "--yes");
    expect([done.code, done.data.revoked_anew.keys, done.data.audit?.problems]).toEqual([0, 1, []]);
    const deps = await open(first);
    expect(await usable(deps, keys.good.secret)).toBe(true);
    expect(await usable(deps, keys.later.secret)).toBe(false);
    const events = await deps.db.sql.query("SELECT action FROM audit_event WHERE action = 'instance.restore'");
    expect(events).toHaveLength(1);
    await deps.close();
    expect(fs.readdirSync(first.TOCSIN_DATA_DIR).filter((name) => name.startsWith("db"))).toEqual(["db"]);
  });

  it("is not restored under nodes that run", async () => {
    const { server } = envs();
    const deps = await open(server);
    const refused = await json(server, "restore", file("first.backup"), "--yes");
    expect([refused.code, refused.error?.code]).toEqual([1, "database_in_use"]);
    await deps.close();
  });

  it("says when the secret is another one", async () => {
    const env = {
      ...envs().second,
      TOCSIN_SECRET: "another secret, which is long enough too",
      TOCSIN_DATA_DIR: file("third"),
    };
    const { code, out, err } = await tocsin(env, "restore", file("first.backup"));
    expect(code).toBe(0);
    expect(err).toContain("another TOCSIN_SECRET");
    expect(out).toContain("Audit log: not verified");
  });
});

describe("an encrypted backup", () => {
  const secretly = (env: Env, passphrase: string) => ({ ...env, TOCSIN_BACKUP_PASSPHRASE: passphrase });
  const right = "a passphrase of words";

  it("is opened by its passphrase alone, and tells nothing of what is in it", async () => {
    const { second } = envs();
    const done = await json(secretly(second, right), "backup", file("secret.backup"));
    expect([done.code, done.data.encrypted]).toEqual([0, true]);
    expect(fs.statSync(file("secret.backup")).mode & 0o077).toBe(0);
    const checked = await json(secretly(second, right), "restore", file("secret.backup"), "--check");
    expect([checked.code, checked.data.counts]).toEqual([0, done.data.counts]);
    const wrong = await json(secretly(second, "other words entirely"), "restore", file("secret.backup"), "--yes");
    expect([wrong.code, wrong.error?.code]).toEqual([1, "wrong_passphrase"]);
    const none = await json(second, "restore", file("secret.backup"), "--yes");
    expect([none.code, none.error?.code]).toEqual([1, "passphrase_required"]);
    expect((await json(second, "backup", file("more.backup"), "--encrypt")).error?.code).toBe("passphrase_required");
  });
});

describe("what is no whole backup", () => {
  const damages: [string, (bytes: Buffer) => Buffer][] = [
    ["is cut at its end", (bytes) => bytes.subarray(0, -1)],
    ["is cut in the middle", (bytes) => bytes.subarray(0, bytes.length / 2)],
    ["is empty", () => Buffer.alloc(0)],
    ["has more behind it", (bytes) => Buffer.concat([bytes, Buffer.from("\n")])],
    [
      "says another time",
      (bytes) => Buffer.from(bytes.toString("latin1").replace('"created_at":"2', '"created_at":"1'), "latin1"),
    ],
    ["has another bit in the middle", (bytes) => flipped(bytes, bytes.length / 2)],
    ["has another bit in its digest", (bytes) => flipped(bytes, bytes.length - 100)],
    ["has another bit in its seal", (bytes) => flipped(bytes, bytes.length - 10)],
  ];
  const flipped = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes);
    copy[Math.floor(at)] = (copy[Math.floor(at)] ?? 0) ^ 1;
    return copy;
  };

  it.each(damages)("is refused where it %s, in the clear and encrypted", async (_what, damage) => {
    const { second } = envs();
    const env = { ...second, TOCSIN_BACKUP_PASSPHRASE: "a passphrase of words" };
    for (const name of ["first.backup", "secret.backup"]) {
      fs.writeFileSync(file("damaged"), damage(fs.readFileSync(file(name))));
      const { code, error } = await json(env, "restore", file("damaged"), "--yes");
      expect([code, error?.code]).toEqual([1, expect.stringMatching(/^(backup_damaged|no_backup)$/)]);
    }
  });

  it("has changed nothing", async () => {
    const deps = await open(envs().second);
    expect(await usable(deps, keys.good.secret)).toBe(true);
    await deps.close();
  });

  it("never lies under the name of a backup, and takes the place of none", async () => {
    const { second } = envs();
    expect((await json(second, "backup", file("first.backup"))).error?.code).toBe("backup_exists");
    expect((await json(second, "backup", file("no/folder/x.backup"))).error?.code).toBe("no_folder");
    expect(fs.readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
    expect((await json({ ...common, TOCSIN_DATA_DIR: file("nobody") }, "backup", file("x.backup"))).error?.code).toBe(
      "no_database",
    );
  });
});

describe("the words of backup and restore", () => {
  it.each([
    [["backup"], "name the file"],
    [["restore"], "name the file"],
    [["backup", "a", "b"], 'takes no "b"'],
    [["restore", "a", "--yess"], "did you mean --yes?"],
  ])("are refused where they are wrong: %j", async (args, complaint) => {
    const { code, err } = await tocsin(envs().second, ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(complaint)]);
  });
});
