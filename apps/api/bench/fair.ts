/**
 * One key at its worst beside another workspace's lookups: 30 and 200 exports at once, exports that nobody reads, and
 * lookups of 1,000 values. Tells how the lookups' times compare with those of the idle server just before, in the same
 * run, how the greedy key was answered, and the memory of the server.
 *
 *   npx tsx bench/fair.ts [--rows 40000] [--seconds 15] [--every 50] [--only "200 exports"] [--embedded] [--source]
 *     [--database postgres://…] [--profile folder]
 *   (after `npm run build`, unless `--source`; `--profile` keeps what the server spends its time on)
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { authenticated, tierOf } from "@tocsin/core/access";
import { createKey, createKeyInput } from "@tocsin/core/keys";
import { createWorkspace } from "@tocsin/core/workspaces";
import pg from "pg";
import pino from "pino";
import { createAccount, hashPassword } from "../src/accounts/setup";
import { openDeps } from "../src/deps";
import { startServer } from "../src/e2e/server";
import { readSettings } from "../src/settings/settings";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "40000" },
    seconds: { type: "string", default: "15" },
    every: { type: "string", default: "50" },
    only: { type: "string" },
    greed: { type: "string" },
    profile: { type: "string" },
    embedded: { type: "boolean", default: false },
    source: { type: "boolean", default: false },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
  },
});
const rows = Number(values.rows);
const seconds = Number(values.seconds);
const every = Number(values.every);

const name = `tocsin_fair_${process.pid}`;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-fair-"));
const url = new URL(values.database);
url.pathname = `/${name}`;
const env = {
  ...(values.embedded ? {} : { DATABASE_URL: url.href }),
  TOCSIN_DATA_DIR: folder,
  TOCSIN_SECRET: "fair-bench-secret-fair-bench-secret",
  TOCSIN_FEEDS: "off",
  TOCSIN_ADMIN_EMAIL: "op@tocsin.example",
  TOCSIN_ADMIN_PASSWORD: "correct horse battery",
  LOG_LEVEL: "warn",
};
const flags = values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${path.resolve(values.profile)}`];
const agent = new http.Agent({ keepAlive: true, maxSockets: 400 });

/** How soon a connection asks again, in milliseconds: the client does not heed `Retry-After`. */
const pauseMs = 50;

type Answers = Record<string, number>;
/** A request of the greedy key; `unread`: its body is never read. */
type Ask = { method: string; path: string; body?: string; unread?: boolean };

const stix: Ask = { method: "GET", path: "/api/v1/iocs/stix?limit=10000" };
const bulk: Ask = {
  method: "POST",
  path: "/api/v1/lookup",
  body: JSON.stringify({ values: Array.from({ length: 1_000 }, (_, n) => `host-${4 * n + 1}.malware.example`) }),
};
const attacks: Record<string, { ask: Ask; atOnce: number }> = {
  "30 exports": { ask: stix, atOnce: 30 },
  "200 exports": { ask: stix, atOnce: 200 },
  "200 unread exports": { ask: { ...stix, unread: true }, atOnce: 200 },
  "20 lookups of 1,000 values": { ask: bulk, atOnce: 20 },
};

if (values.greed !== undefined) {
  // The greedy client is a process of its own, so that its work does not delay what is measured here.
  const { base, key, title } = JSON.parse(values.greed) as { base: string; key: string; title: string };
  const attack = attacks[title];
  if (!attack) throw new Error(`no attack ${title}`);
  const greed = startGreed(base, key, attack);
  const before = process.cpuUsage();
  process.send?.("started");
  process.once("message", async () => {
    const answers = await greed.stop();
    const { user, system } = process.cpuUsage(before);
    process.send?.({ answers, cpuSeconds: (user + system) / 1e6 });
    process.disconnect();
  });
  await new Promise((resolve) => process.once("disconnect", resolve));
  process.exit();
}
if (!values.embedded) await onServer(`CREATE DATABASE ${name}`);
try {
  const keys = await prepare();
  const server = await startServer(env, { source: values.source, flags });
  try {
    const pid = server.process.pid ?? 0;
    await lookUp(server.url, keys.quiet, 2);
    // What a process has once it has made one export, and its memory has settled.
    await ask(server.url, keys.greedy, stix);
    await sleep(2_000);
    const results: Record<string, object> = {};
    for (const title of Object.keys(attacks)) {
      if (values.only !== undefined && values.only !== title) continue;
      const restMiB = memoryOf(pid);
      const idle = await lookUp(server.url, keys.quiet, seconds);
      const memory = watchMemory(pid);
      const greedy = await greedOf({ base: server.url, key: keys.greedy, title });
      await sleep(2_000);
      const beside = await lookUp(server.url, keys.quiet, seconds);
      const { answers, cpuSeconds } = await greedy.stop();
      const peakMiB = memory.stop();
      results[title] = {
        idleP50: idle.p50,
        idleP99: idle.p99,
        p50: beside.p50,
        p99: beside.p99,
        worst: beside.worst,
        p50Ratio: round(beside.p50 / idle.p50),
        p99Ratio: round(beside.p99 / idle.p99),
        failed: JSON.stringify(beside.failed),
        memoryRatio: round(peakMiB / restMiB),
        peakMiB,
        greedy: JSON.stringify(answers),
        greedyCores: round(cpuSeconds / (seconds + 2)),
      };
      process.stderr.write(`${title} ${JSON.stringify(results[title])}\n`);
      await sleep(3_000);
    }
    console.table(results);
    console.log(JSON.stringify({ database: values.embedded ? "embedded" : "postgresql", rows, results }));
  } finally {
    await server.kill("SIGTERM");
  }
} finally {
  if (!values.embedded) await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  fs.rmSync(folder, { recursive: true, force: true });
}

async function onServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: values.database });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

/** The database with its records, and two workspaces with a key each, before the server is started on it. */
async function prepare(): Promise<{ greedy: string; quiet: string }> {
  const deps = await openDeps(readSettings(env), pino({ level: "warn" }));
  try {
    await deps.db.sql.query("INSERT INTO feed (id, name, category) VALUES ('bench', 'Bench feed', 'threat-feed')");
    await deps.db.sql.query(
      `INSERT INTO ioc (id, type, value, confidence, first_seen, last_seen, created_at, updated_at, tags, mitre_techniques,
         industries, threat_type, malware_family, tlp, risk_score, sources_count, sources, categories, reference_url)
       SELECT gen_random_uuid(), (ARRAY['ipv4','domain','url','sha256'])[n % 4 + 1],
         CASE n % 4 WHEN 0 THEN '198.' || n / 65536 % 256 || '.' || n / 256 % 256 || '.' || n % 256
           WHEN 1 THEN 'host-' || n || '.malware.example' WHEN 2 THEN 'http://malware.example/path/' || n || '?a=b'
           ELSE encode(sha256(n::text::bytea), 'hex') END,
         n % 3 + 1, now() - interval '10 days', now(), now() - interval '2 hours', now() - n * interval '10 ms',
         ARRAY['botnet', 'tag' || n % 50], ARRAY['T1071.001'], '{}', 'botnet_cc', 'SampleLoader', 'clear', 75, 1,
         '{bench}', '{threat-feed}', 'https://feed.example/report/' || n
       FROM generate_series(1, $1::int) AS n`,
      [rows],
    );
    await deps.db.sql.query("ANALYZE ioc");
    const owner = await createAccount(deps.db.prisma, {
      email: "bench@tocsin.example",
      password: await hashPassword(deps, "correct horse battery"),
      name: "Bench",
    });
    const key = async (workspace: string) => {
      await createWorkspace(deps.context, { name: workspace, ownerUserId: owner, tier: "pro" });
      // Only what is being measured is to bound the greedy key, and not its minute.
      const overrides = { requestsPerMinute: 1_000_000, requestsPerDay: 100_000_000 };
      const [{ id } = { id: "" }] = await deps.db.sql.query<{ id: string }>(
        "UPDATE workspace SET overrides = $2::jsonb WHERE name = $1 RETURNING id::text",
        [workspace, JSON.stringify(overrides)],
      );
      const caller = authenticated({
        kind: "session" as const,
        userId: owner,
        name: "Bench",
        email: "bench@tocsin.example",
        operator: false,
        sessionId: "bench",
        workspaceId: id,
        role: "owner" as const,
        tier: tierOf("pro", overrides),
      });
      const origin = { ip: null, userAgent: null, requestId: null };
      const { data } = await createKey({ ...deps.context, caller, origin }, createKeyInput.parse({ name: "Bench" }));
      return data.key;
    };
    return { greedy: await key("Greedy"), quiet: await key("Quiet") };
  } finally {
    await deps.close();
  }
}

/** One lookup after the other, begun every so many milliseconds whether or not the one before has been answered. */
async function lookUp(base: string, key: string, forSeconds: number) {
  const times: number[] = [];
  const failed: Answers = {};
  const running: Promise<void>[] = [];
  const ends = performance.now() + forSeconds * 1_000;
  for (let n = 1; performance.now() < ends; n += 1) {
    const began = performance.now();
    const path = `/api/v1/lookup?ioc=host-${((n * 4) % rows) + 1}.malware.example`;
    running.push(
      ask(base, key, { method: "GET", path }).then((status) => {
        times.push(performance.now() - began);
        if (status !== "200") failed[status] = (failed[status] ?? 0) + 1;
      }),
    );
    await sleep(every);
  }
  await Promise.all(running);
  times.sort((a, b) => a - b);
  const at = (share: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), worst: at(1), failed };
}

/** So many requests at once, each followed by the next. */
function startGreed(base: string, key: string, { ask: one, atOnce }: { ask: Ask; atOnce: number }) {
  const answers: Answers = {};
  let over = false;
  const sockets = new Set<http.ClientRequest>();
  const work = async () => {
    while (!over) {
      const answer = await ask(base, key, one, sockets);
      answers[answer] = (answers[answer] ?? 0) + 1;
      await sleep(pauseMs);
    }
  };
  const workers = Array.from({ length: atOnce }, work);
  return {
    stop: async () => {
      over = true;
      for (const socket of sockets) socket.destroy();
      await Promise.all(workers);
      return answers;
    },
  };
}

/** The same, in a process of its own; its answers, and the CPU time that they took it. */
async function greedOf(what: { base: string; key: string; title: string }) {
  const child = fork(import.meta.filename, ["--greed", JSON.stringify(what)], { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  return {
    stop: async () => {
      const told = once(child, "message");
      child.send("stop");
      const [answer] = (await told) as [{ answers: Answers; cpuSeconds: number }];
      return answer;
    },
  };
}

/** The status of an answer, and of a refusal its code. */
function ask(base: string, key: string, { method, path, body, unread }: Ask, open?: Set<http.ClientRequest>) {
  return new Promise<string>((resolve) => {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    const request = http.request(`${base}${path}`, { method, headers, agent: unread ? false : agent }, (answer) => {
      const status = String(answer.statusCode);
      answer.on("error", () => resolve("cut"));
      if (unread && status === "200") {
        answer.on("close", () => resolve("200 unread"));
        answer.socket.pause();
        return;
      }
      let text = "";
      answer.on("data", (chunk: Buffer) => {
        if (status !== "200") text += chunk.toString();
      });
      answer.on("end", () =>
        resolve(status === "200" ? status : `${status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? ""}`),
      );
    });
    request.on("error", () => resolve("cut"));
    request.on("close", () => open?.delete(request));
    open?.add(request);
    request.end(body);
  });
}

/** Resident memory of a process, in MiB. */
function memoryOf(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kib ?? 0) / 1_024);
}

function watchMemory(pid: number) {
  let peak = memoryOf(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid));
  }, 100);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.max(peak, memoryOf(pid));
    },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
