import { setTimeout as sleep } from "node:timers/promises";
import { type TestDatabase, testDatabaseUrl } from "@tocsin/db/testing";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Server, signIn, startServer } from "./server";

const admin = { email: "op@tocsin.example", password: "correct horse battery" };
let database: TestDatabase;
let nodes: [Server, Server, Server];
let session: { cookie: string; origin: string };
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabaseUrl();
  const env = {
    DATABASE_URL: database.url,
    DATABASE_POOL: "3",
    TOCSIN_WORKER: "off",
    TOCSIN_TRUST_PROXY: "127.0.0.1",
    TOCSIN_SECRET: "one secret for every node of the test",
    TOCSIN_ADMIN_EMAIL: admin.email,
    TOCSIN_ADMIN_PASSWORD: admin.password,
  };
  nodes = await Promise.all([startServer(env), startServer(env), startServer(env)]);
  session = { cookie: await signIn(nodes[0].url, admin.email, admin.password), origin: nodes[0].url };
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`UPDATE workspace SET overrides = '{"requestsPerMinute": 1000000}'`);
});
afterAll(async () => {
  for (const node of nodes) node.process.kill("SIGCONT");
  await Promise.all(nodes.map((node) => node.kill("SIGKILL")));
  await client.end();
  await database.drop();
});

async function newKey(): Promise<{ id: string; secret: string }> {
  const made = await fetch(`${nodes[0].url}/api/v1/keys`, {
    method: "POST",
    headers: { ...session, "content-type": "application/json" },
    body: JSON.stringify({ name: "fenced" }),
  });
  const { data } = (await made.json()) as { data: { id: string; key: string } };
  return { id: data.id, secret: data.key };
}
/** Sent again, as the answer asks for, where a slow machine has not confirmed it in time. */
async function revoke({ id }: { id: string }): Promise<number> {
  for (const deadline = performance.now() + 60_000; ; ) {
    const answer = await fetch(`${nodes[0].url}/api/v1/keys/${id}`, { method: "DELETE", headers: session });
    await answer.text();
    if (answer.status !== 503 || performance.now() > deadline) return answer.status;
  }
}

let visitors = 0;
/** Past the gate nothing is asked of the database: this request lacks its parameter, which is 400. */
async function use(node: Server, { secret }: { secret: string }): Promise<number> {
  visitors += 1;
  // An address of its own, so that what is refused here is not refused for its failures.
  const address = `198.18.${(visitors >> 8) & 255}.${visitors & 255}`;
  const headers = { "x-api-key": secret, "x-forwarded-for": address };
  const answer = await fetch(`${node.url}/api/v1/lookup`, { headers });
  await answer.text();
  return answer.status;
}
const passed = 400;
async function warm(key: { secret: string }): Promise<void> {
  for (let i = 0; i < 3; i++) for (const node of nodes) expect(await use(node, key)).toBe(passed);
}

it("a node that is stopped while a key is revoked refuses it when it wakes", async () => {
  const [key, other] = [await newKey(), await newKey()];
  await warm(key);
  await warm(other);
  const [, , third] = nodes;
  third.process.kill("SIGSTOP");
  // Answered although it is not awake.
  expect(await revoke(key)).toBe(200);
  // They wait in its socket until it wakes.
  const sent = Array.from({ length: 20 }, () => use(third, key));
  const good = Array.from({ length: 5 }, () => use(third, other));
  await sleep(500);
  third.process.kill("SIGCONT");
  expect(await Promise.all(sent)).toEqual(new Array(20).fill(401));
  expect(await Promise.all(good)).toEqual(new Array(5).fill(passed));
});

it("a node whose connections to the database are cut refuses a revoked key, and comes back", async () => {
  const [key, other] = [await newKey(), await newKey()];
  await warm(key);
  await warm(other);
  const [, second] = nodes;
  let isCut = true;
  const cutting = (async () => {
    for (; isCut; await sleep(5)) {
      await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE $1", [
        `tocsin ${second.process.pid}@%`,
      ]);
    }
  })();
  expect(await revoke(key)).toBe(200);
  for (let i = 0; i < 20; i++) expect([401, 503]).toContain(await use(second, key));
  isCut = false;
  await cutting;
  for (let tries = 0; (await use(second, other)) !== passed; tries++) {
    expect(tries).toBeLessThan(600);
    await sleep(50);
  }
  expect(await use(second, key)).toBe(401);
});

it("a node that has ended is not waited for", async () => {
  const [, second] = nodes;
  expect(await second.kill("SIGTERM")).toBe(0);
  const { rows } = await client.query("SELECT node FROM node_lease ORDER BY node");
  expect(rows).toHaveLength(2);
  const key = await newKey();
  expect(await revoke(key)).toBe(200);
});
