/**
 * Kills the server with SIGKILL at random moments while it ingests, makes and revokes keys and answers requests, and
 * checks after every start that nothing it acknowledged is lost.
 *
 *   npx tsx bench/kill.ts [--rounds 100] [--database postgres://…]   (after `npm run build`)
 */
import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { builtCli, type Server, signIn, startServer } from "../src/e2e/server";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "100" }, database: { type: "string" }, seed: { type: "string" } },
});
const rounds = Number(values.rounds);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin kill "));
const admin = { email: "op@tocsin.example", password: "correct horse battery" };

/** What the server has said yes to. */
const acknowledged = {
  live: new Map<string, string>(),
  revoked: new Map<string, { secret: string; reason: string }>(),
  /** Records of the greatest pull that was reported as good, by feed; no two feeds share a value. */
  pulled: new Map<string, number>(),
};
// Lists of addresses, one a line. A killed pull holds its feed until its lease ends.
const feeds = ["ipsum", "cins", "greensnow", "blocklist-de", "et-compromised", "et-block", "tor-bulk", "sslbl-ip"];
const iocs = () => [...acknowledged.pulled.values()].reduce((sum, good) => sum + good, 0);
let pulls = 0;
const starts: number[] = [];
let requests = 0;
let cookie: string | undefined;

const database = values.database ? await createDatabase(values.database) : null;
try {
  for (const feed of feeds) writeMirror(feed, 0);
  for (let round = 1; round <= rounds; round++) {
    const feed = feeds[randomInt(feeds.length)] ?? "ipsum";
    writeMirror(feed, round);
    // On PostgreSQL the pull is a process beside the server; embedded, the server does it.
    const early = database ? startPull(feed) : null;
    const server = await startServer(environment());
    starts.push(server.startMs);
    // Sessions outlive the process; signing in each time would meet its limit.
    cookie ??= await signIn(server.url, admin.email, admin.password);
    await verify(server, cookie);
    const traffic = drive(server, cookie, round);
    const pull = early ?? startPull(feed);
    await new Promise((resolve) => setTimeout(resolve, randomInt(30, 2_500)));
    pull.kill();
    await server.kill("SIGKILL");
    await Promise.all([traffic, pull.done]);
    if (process.stdout.isTTY || round % 10 === 0) {
      process.stdout.write(
        `round ${round}/${rounds}: ${acknowledged.live.size} live keys, ${acknowledged.revoked.size} revoked, ${iocs()} IOCs, ${pulls} pulls, ${requests} requests\n`,
      );
    }
  }
  const last = await startServer(environment());
  if (cookie) await verify(last, cookie);
  const stopped = performance.now();
  const code = await last.kill("SIGTERM");
  const sigtermMs = Math.round(performance.now() - stopped);
  const audit = spawnSync(process.execPath, [builtCli, "audit", "verify"], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment() },
    encoding: "utf8",
  });
  if (audit.status !== 0) throw new Error(`the audit log is broken:\n${audit.stdout}${audit.stderr}`);
  starts.sort((a, b) => a - b);
  console.log(
    JSON.stringify({
      database: database ? "postgresql" : "pglite",
      kills: rounds,
      startsFailed: 0,
      lost: 0,
      keysAcknowledged: acknowledged.live.size + acknowledged.revoked.size,
      revocationsAcknowledged: acknowledged.revoked.size,
      pullsAcknowledged: pulls,
      iocsAcknowledged: iocs(),
      requests,
      startMs: {
        median: Math.round(starts[starts.length >> 1] ?? 0),
        worst: Math.round(starts.at(-1) ?? 0),
      },
      sigterm: { code, ms: sigtermMs },
      audit: "whole",
    }),
  );
} finally {
  await database?.drop();
  fs.rmSync(folder, { recursive: true, force: true });
}

function environment(): Record<string, string> {
  return {
    TOCSIN_DATA_DIR: path.join(folder, "data"),
    TOCSIN_SECRET: "kill-test-secret-kill-test-secret-kill",
    TOCSIN_ADMIN_EMAIL: admin.email,
    TOCSIN_ADMIN_PASSWORD: admin.password,
    TOCSIN_FEED_MIRROR: path.join(folder, "mirror"),
    TOCSIN_FEEDS: feeds.join(","),
    TOCSIN_WORKER: "off",
    LOG_LEVEL: "warn",
    ...(database ? { DATABASE_URL: database.url } : {}),
  };
}

/** A body that grows, so that every round has something new to merge. */
function writeMirror(feed: string, round: number): void {
  const dir = path.join(folder, "mirror", feed);
  fs.mkdirSync(dir, { recursive: true });
  const first = 40 + feeds.indexOf(feed);
  const lines = [];
  for (let i = 0; i < 3_000 + round * 100; i++) {
    lines.push(`${first}.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}${feed === "ipsum" ? `\t${1 + (i % 9)}` : ""}`);
  }
  fs.writeFileSync(path.join(dir, "list.txt"), `${lines.join("\n")}\n`);
}

/** Pulls a feed by the command line: in the server that holds the embedded database, else in a process of its own. */
function startPull(feed: string): { kill: () => void; done: Promise<void> } {
  const child = spawn(process.execPath, [builtCli, "ingest", feed, "--json"], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment() },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += String(chunk);
  });
  const done = once(child, "close").then(() => {
    if (!text.endsWith("\n")) return;
    const { data } = JSON.parse(text) as { data?: { status: string; good: number }[] };
    const [report] = data ?? [];
    if (report?.status !== "ok") return;
    pulls += 1;
    acknowledged.pulled.set(feed, Math.max(acknowledged.pulled.get(feed) ?? 0, report.good));
  });
  return { kill: () => child.kill("SIGKILL"), done };
}

async function call<Body = unknown>(
  server: Server,
  method: string,
  route: string,
  headers: Record<string, string>,
  body?: object,
): Promise<{ status: number; body: Body }> {
  const answer = await fetch(`${server.url}${route}`, {
    method,
    headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  requests += 1;
  return { status: answer.status, body: JSON.parse(text) as Body };
}

/** Makes keys, uses them and revokes some until the server is gone. What was answered counts. */
async function drive(server: Server, cookie: string, round: number): Promise<void> {
  const session = { cookie, origin: server.url };
  const keys = async () => {
    for (let i = 0; ; i++) {
      const name = `round ${round}, key ${i}`;
      // Well below the workspace's limit, whatever each kill leaves unrevoked.
      if (acknowledged.live.size > 10) await revokeOldest(server, session, name);
      await makeAndUseKey(server, session, name);
    }
  };
  const reads = async () => {
    const [key] = acknowledged.live.values();
    if (!key) return;
    while (true) {
      await call<Listed>(server, "GET", "/api/v1/iocs?limit=5&type=ipv4", { "x-api-key": key });
    }
  };
  // They end when the server does.
  await Promise.allSettled([keys(), reads()]);
}

async function revokeOldest(server: Server, session: Session, reason: string): Promise<void> {
  const [oldest] = acknowledged.live;
  if (!oldest) return;
  const [id, secret] = oldest;
  const revoked = await call(server, "DELETE", `/api/v1/keys/${id}`, session, { reason });
  if (revoked.status !== 200) return;
  acknowledged.live.delete(id);
  acknowledged.revoked.set(id, { secret, reason });
}

async function makeAndUseKey(server: Server, session: Session, name: string): Promise<void> {
  const made = await call<{ data: { id: string; key: string } }>(server, "POST", "/api/v1/keys", session, { name });
  if (made.status !== 201) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return;
  }
  const { id, key } = made.body.data;
  acknowledged.live.set(id, key);
  await call(server, "GET", "/api/v1/iocs?limit=1", { "x-api-key": key });
}

/** Throws with what is missing. */
async function verify(server: Server, cookie: string): Promise<void> {
  const byId = await listKeys(server, { cookie, origin: server.url });
  const lost = [
    ...lostKeys(byId),
    ...(await lostOfNewestKey(server)),
    ...(await usableRevokedKeys(server)),
    ...lostRevocations(byId),
  ];
  if (lost.length > 0) throw new Error(`lost:\n${lost.join("\n")}\n${server.output()}`);
}

function lostKeys(byId: ReadonlyMap<string, Row>): string[] {
  const lost: string[] = [];
  for (const id of acknowledged.live.keys()) {
    const row = byId.get(id);
    if (!row) lost.push(`key ${id} is gone`);
    // Revoked as it died: committed but not answered, which is the safe side.
    else if (row.revoked_at) acknowledged.live.delete(id);
  }
  return lost;
}

/** What was made last is what a kill would lose; it also sees how many IOCs are there. */
async function lostOfNewestKey(server: Server): Promise<string[]> {
  const newest = [...acknowledged.live].at(-1);
  if (!newest) return [];
  const [id, secret] = newest;
  const used = await call<Listed>(server, "GET", "/api/v1/iocs?limit=1&type=ipv4", { "x-api-key": secret });
  if (used.status !== 200) return [`key ${id} answers ${used.status}`];
  const { total } = used.body.meta;
  return total < iocs() ? [`${iocs()} IOCs were reported as merged, ${total} are there`] : [];
}

/** Of the keys that were revoked last. */
async function usableRevokedKeys(server: Server): Promise<string[]> {
  const usable: string[] = [];
  for (const [id, { secret }] of [...acknowledged.revoked].slice(-5)) {
    const used = await call(server, "GET", "/api/v1/iocs?limit=1", { "x-api-key": secret });
    if (used.status !== 401) usable.push(`revoked key ${id} answers ${used.status}`);
  }
  return usable;
}

function lostRevocations(byId: ReadonlyMap<string, Row>): string[] {
  return [...acknowledged.revoked]
    .filter(([id, { reason }]) => byId.get(id)?.revoked_reason !== reason)
    .map(([id]) => `revocation of ${id} is gone`);
}

type Session = { cookie: string; origin: string };
type Listed = { meta: { total: number } };
type KeyPage = { data: Row[]; meta: { next_cursor: string | null } };
type Row = { id: string; revoked_reason: string | null; revoked_at: string | null };

async function listKeys(server: Server, session: Session): Promise<Map<string, Row>> {
  const byId = new Map<string, Row>();
  let cursor: string | null = "";
  while (cursor !== null) {
    const route = `/api/v1/keys?limit=1000${cursor && `&cursor=${cursor}`}`;
    const page: { body: KeyPage } = await call<KeyPage>(server, "GET", route, session);
    const { data, meta } = page.body;
    for (const row of data) byId.set(row.id, row);
    cursor = meta.next_cursor;
  }
  return byId;
}

async function createDatabase(base: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `tocsin_kill_${process.pid}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: base });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
