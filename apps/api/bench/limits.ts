/**
 * Offers 0.9, 1, 2 and 10 times a key's limit, a minute and a day, to 1, 3 and 5 nodes at once, and counts what they
 * accept, what they refuse, and how often they ask Redis.
 *
 *   npx tsx bench/limits.ts [--limit 200] [--database postgres://…] [--redis redis://…]   (after `npm run build`)
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { dayMs, minuteMs } from "@tocsin/core/lib";
import { Redis } from "ioredis";
import pg from "pg";
import { type Server, signIn, startServer } from "../src/e2e/server";

const { values } = parseArgs({
  options: {
    limit: { type: "string", default: "200" },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
    redis: { type: "string", default: "redis://127.0.0.1:6379" },
  },
});
const limit = Number(values.limit);
const windowMs = { minute: minuteMs, day: dayMs };
const loads = [0.9, 1, 2, 10];
const inFlightOnEachNode = 8;
const admin = { email: "op@tocsin.example", password: "correct horse battery" };
const prefix = `tocsin-bench:${randomUUID()}:`;

type Cell = {
  nodes: number;
  window: "minute" | "day";
  offered: number;
  accepted: number;
  refused: number;
  failed: number;
  refusedBelowLimit: number;
  redisCallsPerRequest: number;
  p99Ms: number;
  exact: boolean;
};

const name = `tocsin_limits_${process.pid}`;
const redis = new Redis(values.redis, { protocol: 2 });
await onServer(`CREATE DATABASE ${name}`);
const cells: Cell[] = [];
let nodes: Server[] = [];
try {
  const first = await startServer(environment());
  nodes = [first, ...(await Promise.all(Array.from({ length: 4 }, () => startServer(environment()))))];
  const session = { cookie: await signIn(first.url, admin.email, admin.password), origin: first.url };
  for (const window of ["minute", "day"] as const) {
    await setLimits(first, session, window);
    for (const count of [1, 3, 5]) {
      for (const load of loads) {
        const cell = await measure(nodes.slice(0, count), session, window, Math.round(limit * load));
        cells.push(cell);
        process.stderr.write(`${JSON.stringify(cell)}\n`);
      }
    }
  }
  const degraded = nodes.filter((node) => node.output().includes("Redis does not answer")).length;
  console.table(cells);
  console.log(
    JSON.stringify({ limit, cells: cells.length, exact: cells.filter(({ exact }) => exact).length, degraded }),
  );
} finally {
  await Promise.all(nodes.map((node) => node.kill("SIGKILL")));
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  for await (const names of redis.scanStream({ match: `${prefix}*` })) if (names.length > 0) await redis.del(...names);
  redis.disconnect();
}

function environment(): Record<string, string> {
  const url = new URL(values.database);
  url.pathname = `/${name}`;
  return {
    DATABASE_URL: url.href,
    DATABASE_POOL: "4",
    REDIS_URL: values.redis,
    REDIS_PREFIX: prefix,
    TOCSIN_SECRET: "limits-bench-secret-limits-bench-secret",
    TOCSIN_ADMIN_EMAIL: admin.email,
    TOCSIN_ADMIN_PASSWORD: admin.password,
    LOG_LEVEL: "warn",
  };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: values.database });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

type Session = { cookie: string; origin: string };

async function post<Body>(node: Server, session: Session, path: string, body: object): Promise<Body> {
  const answer = await fetch(`${node.url}${path}`, {
    method: "POST",
    headers: { ...session, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function setLimits(node: Server, session: Session, window: "minute" | "day"): Promise<void> {
  const me = await fetch(`${node.url}/api/trpc/me.get`, { headers: session });
  const { result } = (await me.json()) as { result: { data: { workspace: { id: string } } } };
  const roomy = 1_000_000;
  const [requestsPerMinute, requestsPerDay] = window === "minute" ? [limit, roomy] : [roomy, limit];
  const overrides = { requestsPerMinute, requestsPerDay, keys: 100 };
  await post(node, session, "/api/trpc/workspaces.setTier", {
    workspaceId: result.data.workspace.id,
    tier: "pro",
    overrides,
  });
}

/** A new key, offered to `on` within one window. */
async function measure(on: Server[], session: Session, window: "minute" | "day", offered: number): Promise<Cell> {
  const [first] = on;
  if (!first) throw new Error("no node");
  const { data } = await post<{ data: { key: string } }>(first, session, "/api/v1/keys", {
    name: `${on.length} nodes, ${window}, ${offered}`,
  });
  const left = 60 - ((Date.now() / 1_000) % 60);
  if (left < 25) await sleep((left + 0.1) * 1_000);
  const callsBefore = await scriptCalls();
  const seen: { status: number; ms: number }[] = [];
  let sent = 0;
  const windows = new Set<number>();
  const work = async (node: Server) => {
    while (sent < offered) {
      sent += 1;
      const started = performance.now();
      const answer = await fetch(`${node.url}/api/v1/iocs?limit=1`, { headers: { "x-api-key": data.key } });
      await answer.arrayBuffer();
      seen.push({ status: answer.status, ms: performance.now() - started });
      windows.add(Math.floor(Date.now() / windowMs[window]));
    }
  };
  await Promise.all(on.flatMap((node) => Array.from({ length: inFlightOnEachNode }, () => work(node))));
  const calls = (await scriptCalls()) - callsBefore;
  const count = (status: number) => seen.filter((answer) => answer.status === status).length;
  const [accepted, refused] = [count(200), count(429)];
  const times = seen.map(({ ms }) => ms).sort((a, b) => a - b);
  const expected = Math.min(limit, offered);
  return {
    nodes: on.length,
    window,
    offered,
    accepted,
    refused,
    failed: seen.length - accepted - refused,
    refusedBelowLimit: Math.max(0, expected - accepted),
    redisCallsPerRequest: Math.round((calls / offered) * 1_000) / 1_000,
    p99Ms: Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
    exact: accepted === expected && refused === offered - expected && windows.size === 1,
  };
}

async function scriptCalls(): Promise<number> {
  const facts = await redis.info("commandstats");
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(facts)?.[1] ?? 0);
}
