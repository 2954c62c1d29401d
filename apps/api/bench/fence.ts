/**
 * Three nodes on one PostgreSQL, keys in use on all of them without a pause, and revocations: with all nodes well, with
 * one stopped by SIGSTOP, with one whose connections to the database are cut. Before them some while nobody asks
 * anything, for the time that the fence itself takes. Counts the requests that were accepted
 * though they were sent after the revocation had been answered.
 *
 *   npx tsx bench/fence.ts --database postgres://… [--calm 100] [--well 300] [--stopped 100] [--cut 100]   (after `npm run build`)
 */
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { authenticated } from "@tocsin/core/access";
import { noOrigin } from "@tocsin/core/context";
import { createKey, createKeyInput } from "@tocsin/core/keys";
import pg from "pg";
import { openDeps } from "../src/deps";
import { type Server, signIn, startServer } from "../src/e2e/server";
import { createLogger } from "../src/process/logger";
import { readSettings } from "../src/settings/settings";

const { values } = parseArgs({
  options: {
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
    calm: { type: "string", default: "100" },
    well: { type: "string", default: "300" },
    stopped: { type: "string", default: "100" },
    cut: { type: "string", default: "100" },
  },
});
const counts = {
  calm: Number(values.calm),
  well: Number(values.well),
  stopped: Number(values.stopped),
  cut: Number(values.cut),
};
const admin = { email: "op@tocsin.example", password: "correct horse battery" };
const connectionsPerNode = 4;
const atOnce: Record<Mode, number> = { calm: 1, well: 1, stopped: 10, cut: 10 };

type Key = { id: string; secret: string; answeredAt: number };
type Mode = keyof typeof counts;

const database = await createDatabase(values.database);
const env = {
  DATABASE_URL: database.url,
  TOCSIN_WORKER: "off",
  TOCSIN_TRUST_PROXY: "127.0.0.1",
  TOCSIN_SECRET: "one secret for every node of the bench",
  TOCSIN_ADMIN_EMAIL: admin.email,
  TOCSIN_ADMIN_PASSWORD: admin.password,
  TOCSIN_DATA_DIR: path.join(os.tmpdir(), "tocsin-fence-bench"),
  LOG_LEVEL: "error",
};
const nodes = await Promise.all([startServer(env), startServer(env), startServer(env)]);
const [first, second, third] = nodes as [Server, Server, Server];
const client = new pg.Client({ connectionString: database.url });
await client.connect();

const agent = new http.Agent({ keepAlive: true, maxSockets: 400 });
const tally = { requests: 0, accepted: 0, refused: 0, undecided: 0, late: 0 };
const latencies: Record<Mode, number[]> = { calm: [], well: [], stopped: [], cut: [] };
let statusesOfDelete: Record<string, number> = {};
/** Those in use: soon to be revoked, and just revoked. */
let inUse: Key[] = [];
let over = false;

try {
  const cookie = await signIn(first.url, admin.email, admin.password);
  const keys = await makeKeys(counts.calm + counts.well + counts.stopped + counts.cut);
  await revokeAll("calm", keys.splice(0, counts.calm), cookie);
  const users = nodes.flatMap((node) => Array.from({ length: connectionsPerNode }, () => useWithoutPause(node)));
  const start = performance.now();
  await revokeAll("well", keys.splice(0, counts.well), cookie);
  await revokeAll("stopped", keys.splice(0, counts.stopped), cookie);
  await revokeAll("cut", keys.splice(0, counts.cut), cookie);
  await sleep(500);
  over = true;
  await Promise.all(users);
  const seconds = (performance.now() - start) / 1_000;
  console.log(
    JSON.stringify({
      revocations: counts,
      deleteStatuses: statusesOfDelete,
      acceptedAfterTheAnswer: tally.late,
      requests: tally.requests,
      accepted: tally.accepted,
      refused: tally.refused,
      undecided: tally.undecided,
      requestsPerSecond: Math.round(tally.requests / seconds),
      deleteMs: Object.fromEntries(Object.entries(latencies).map(([mode, ms]) => [mode, summary(ms)])),
    }),
  );
} finally {
  for (const node of nodes) node.process.kill("SIGCONT");
  await Promise.all(nodes.map((node) => node.kill("SIGKILL")));
  await client.end();
  await database.drop();
}
process.exit();

async function makeKeys(count: number): Promise<Key[]> {
  const figures = { requestsPerMinute: 1_000_000_000, requestsPerDay: 1_000_000_000, keys: 100_000 };
  await client.query("UPDATE workspace SET overrides = $1", [JSON.stringify(figures)]);
  const { rows } = await client.query<{ id: string }>("SELECT id FROM workspace");
  const deps = await openDeps(readSettings(env), createLogger("error", process.stderr));
  const caller = authenticated({ kind: "system" as const, name: "bench", workspaceId: rows[0]?.id ?? "" });
  const keys: Key[] = [];
  for (let i = 0; i < count; i++) {
    const call = { ...deps.context, caller, origin: noOrigin };
    const { data } = await createKey(call, createKeyInput.parse({ name: `key ${i}` }));
    keys.push({ id: data.id, secret: data.key, answeredAt: Number.POSITIVE_INFINITY });
  }
  await deps.close();
  return keys;
}

async function useWithoutPause(node: Server): Promise<void> {
  for (let i = Math.floor(Math.random() * 1_000); !over; i++) {
    const key = inUse[i % Math.max(1, inUse.length)];
    if (key) await use(node, key);
    else await sleep(5);
  }
}

/** The gate lets it pass, and then it lacks its parameter: 400 is yes. */
async function use(node: Server, key: Key): Promise<void> {
  tally.requests += 1;
  const visitor = tally.requests;
  const address = `10.${(visitor >> 16) & 255}.${(visitor >> 8) & 255}.${visitor & 255}`;
  const headers = { "x-api-key": key.secret, "x-forwarded-for": address };
  const sent = performance.now();
  const status = await request(`${node.url}/api/v1/lookup`, { headers });
  if (status === 400) {
    tally.accepted += 1;
    if (sent > key.answeredAt) tally.late += 1;
  } else if (status === 401) tally.refused += 1;
  else tally.undecided += 1;
}

function request(url: string, options: http.RequestOptions): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = http.request(url, { ...options, agent }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    outgoing.on("error", () => resolve(0));
    outgoing.end();
  });
}

async function revokeAll(mode: Mode, keys: Key[], cookie: string): Promise<void> {
  const step = atOnce[mode];
  for (let i = 0; i < keys.length; i += step) {
    const group = keys.slice(i, i + step);
    inUse = [...inUse.slice(-20), ...keys.slice(i, i + 10)];
    // Long enough that every node holds them, and its lease.
    await sleep(areAllWell(mode) ? 30 : 1_000);
    const uses: Promise<void>[] = [];
    await during(mode, async () => {
      await Promise.all(
        group.map(async (key, n) => {
          await revoke(mode, nodeFor(mode, i + n), key, cookie);
          for (const node of nodes) uses.push(use(node, key), use(node, key));
        }),
      );
    });
    await Promise.all(uses);
    if ((i + step) % 50 === 0)
      process.stderr.write(`${mode}: ${i + step} of ${keys.length}, ${tally.late} accepted too late\n`);
  }
}

async function revoke(mode: Mode, by: Server, key: Key, cookie: string): Promise<void> {
  const start = performance.now();
  const status = await request(`${by.url}/api/v1/keys/${key.id}`, {
    method: "DELETE",
    headers: { cookie, origin: by.url },
  });
  latencies[mode].push(performance.now() - start);
  statusesOfDelete = { ...statusesOfDelete, [status]: (statusesOfDelete[status] ?? 0) + 1 };
  if (status === 200) key.answeredAt = performance.now();
}

/** Each in turn; the third is the one that is stopped or cut. */
function nodeFor(mode: Mode, turn: number): Server {
  return [first, second, third][turn % (areAllWell(mode) ? 3 : 2)] ?? first;
}

function areAllWell(mode: Mode): boolean {
  return mode === "calm" || mode === "well";
}

async function during(mode: Mode, work: () => Promise<void>): Promise<void> {
  if (areAllWell(mode)) return work();
  if (mode === "stopped") {
    third.process.kill("SIGSTOP");
    await work();
    await sleep(200);
    third.process.kill("SIGCONT");
    return;
  }
  let isCut = true;
  const cutting = (async () => {
    for (; isCut; await sleep(2)) {
      await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE $1", [
        `tocsin ${third.process.pid}@%`,
      ]);
    }
  })();
  await work();
  await sleep(200);
  isCut = false;
  await cutting;
}

function summary(ms: number[]): Record<string, number> {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), worst: at(1) };
}

async function createDatabase(base: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `tocsin_fence_${process.pid}`;
  const run = async (sql: string) => {
    const admin = new pg.Client({ connectionString: base });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
