/**
 * Verification in one process: known keys a second, what a million garbage keys cost, and, with `--peer`, a folder into
 * which `better-auth`, `@better-auth/api-key` and `pg` are installed, the same by better-auth's plugin on the same
 * PostgreSQL in the same run.
 *
 *   npx tsx bench/verify.ts [--database postgres://…] [--seconds 5] [--peer <folder>]
 */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import v8 from "node:v8";
import vm from "node:vm";
import { authenticated } from "@tocsin/core/access";
import { type Context, noOrigin } from "@tocsin/core/context";
import { createKey, createKeyInput, createVerifier } from "@tocsin/core/keys";
import { testContext } from "@tocsin/core/testing";
import { createDb, migrate } from "@tocsin/db";
import pg from "pg";

const { values } = parseArgs({
  options: {
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
    seconds: { type: "string", default: "5" },
    peer: { type: "string" },
  },
});
const durationMs = Number(values.seconds) * 1_000;
const knownKeys = 1_000;
v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc") as () => void;

const ours = await onDatabase("tocsin_verify", measureOurs);
const { peer } = values;
const peers = peer === undefined ? null : await onDatabase("tocsin_verify_peer", (url) => measurePeer(url, peer));
const ratio = peers && Math.round(ours.verificationsPerSecond / peers.verificationsPerSecond);
console.log(JSON.stringify({ ours, peer: peers, ratio }, null, 2));
process.exit();

async function measureOurs(url: string) {
  const db = await createDb({ url });
  await migrate(db);
  let statements = 0;
  const base = testContext(db, {
    now: () => new Date(),
    sql: {
      ...db.sql,
      query: (text, parameters) => {
        statements += 1;
        return db.sql.query(text, parameters);
      },
    },
  });
  const verifier = createVerifier(base, { node: "bench", openLine: db.openLine });
  verifier.start();
  const secrets = await makeKeys(base);
  const accept = async (secret: string) => {
    const verdict = await verifier.verify(secret, "192.0.2.1");
    if (!verdict.usable) throw new Error("a good key is refused");
  };
  await sleep(1_000);
  for (const secret of secrets) await accept(secret);
  statements = 0;
  const verificationsPerSecond = await rate(1, (i) => accept(secrets[i % secrets.length] ?? ""));
  const statementsOfKnown = statements;

  const garbage = 1_000_000;
  collect();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  for (let i = 0; i < garbage; i++) {
    await verifier.verify(`sk_live_${randomBytes(24).toString("hex")}0`, "192.0.2.1");
    if (i % 1_000 === 0) await breathe();
  }
  const garbagePerSecond = Math.round(garbage / ((performance.now() - start) / 1_000));
  collect();
  const grownKb = Math.round((process.memoryUsage().heapUsed - before) / 1_024);
  const statementsOfGarbage = statements - statementsOfKnown;
  statements = 0;
  for (const secret of secrets) await accept(secret);
  const goodKeysHit = 1 - statements / secrets.length;
  const sizes = verifier.size();
  await verifier.stop();
  await db.close();
  return {
    verificationsPerSecond,
    statementsOfKnown,
    garbage: { keys: garbage, perSecond: garbagePerSecond, statements: statementsOfGarbage, grownKb },
    goodKeysHit,
    sizes,
  };
}

async function makeKeys(ctx: Context): Promise<string[]> {
  const workspaceId = "11111111-2222-4333-8444-555555555555";
  const overrides = { keys: knownKeys };
  await ctx.db.workspace.create({ data: { id: workspaceId, name: "Bench", slug: "bench", tier: "pro", overrides } });
  const caller = authenticated({ kind: "system" as const, name: "bench", workspaceId });
  const secrets: string[] = [];
  for (let i = 0; i < knownKeys; i++) {
    const { data } = await createKey({ ...ctx, caller, origin: noOrigin }, createKeyInput.parse({ name: `key ${i}` }));
    secrets.push(data.key);
  }
  return secrets;
}

/** The part of better-auth that is used here; it is installed beside the project, not in it. */
type Peer = {
  $context: Promise<{ runMigrations: () => Promise<void> }>;
  api: {
    signUpEmail: (input: object) => Promise<{ user: { id: string } }>;
    createApiKey: (input: object) => Promise<{ key: string }>;
    verifyApiKey: (input: object) => Promise<{ valid: boolean }>;
  };
};

async function measurePeer(url: string, folder: string) {
  const load = <T>(file: string) =>
    import(pathToFileURL(path.resolve(folder, "node_modules", file)).href) as Promise<T>;
  const { betterAuth } = await load<{ betterAuth: (options: object) => Peer }>("better-auth/dist/index.mjs");
  const { apiKey } = await load<{ apiKey: (options: object) => object }>("@better-auth/api-key/dist/index.mjs");
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // What is still open when the database is dropped.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const auth = betterAuth({
    database: pool,
    secret: "a secret of the bench that is long enough",
    baseURL: "http://127.0.0.1:1",
    emailAndPassword: { enabled: true },
    telemetry: { enabled: false },
    // Its own limit would refuse all but ten.
    plugins: [apiKey({ rateLimit: { enabled: false } })],
  });
  await (await auth.$context).runMigrations();
  const body = { name: "Ada", email: "ada@people.example", password: "correct horse battery" };
  const { user } = await auth.api.signUpEmail({ body });
  const secrets: string[] = [];
  for (let i = 0; i < 50; i++) {
    secrets.push((await auth.api.createApiKey({ body: { name: `key ${i}`, userId: user.id } })).key);
  }
  const accept = async (i: number) => {
    const { valid } = await auth.api.verifyApiKey({ body: { key: secrets[i % secrets.length] } });
    if (!valid) throw new Error("the peer refuses a good key");
  };
  for (let i = 0; i < 50; i++) await accept(i);
  const verificationsPerSecond = Math.max(await rate(1, accept), await rate(8, accept));
  await pool.end();
  return { verificationsPerSecond };
}

/** How often a second `work` is done by `workers` that each wait for the one before. */
async function rate(workers: number, work: (i: number) => Promise<void>): Promise<number> {
  let done = 0;
  const start = performance.now();
  const worker = async () => {
    while (performance.now() - start < durationMs) {
      for (let i = 0; i < 500; i++) {
        await work(done);
        done += 1;
        if (performance.now() - start >= durationMs) break;
      }
      // So that the lease can be renewed.
      await breathe();
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return Math.round(done / ((performance.now() - start) / 1_000));
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function onDatabase<T>(prefix: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `${prefix}_${process.pid}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: values.database });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(values.database);
  url.pathname = `/${name}`;
  try {
    return await work(url.href);
  } finally {
    await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}
