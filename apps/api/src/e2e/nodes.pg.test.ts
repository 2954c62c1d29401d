import { emptyDatabaseUrl, type TestDatabase } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Server, signIn, startServer } from "./server";

const admin = { email: "op@tocsin.example", password: "correct horse battery" };
let database: TestDatabase;
let nodes: Server[];

beforeAll(async () => {
  database = await emptyDatabaseUrl();
  const env = {
    DATABASE_URL: database.url,
    DATABASE_POOL: "3",
    TOCSIN_SECRET: "one secret for every node of the test",
    TOCSIN_ADMIN_EMAIL: admin.email,
    TOCSIN_ADMIN_PASSWORD: admin.password,
  };
  nodes = await Promise.all([startServer(env), startServer(env), startServer(env)]);
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill("SIGKILL")));
  await database.drop();
});

it("nodes that start together on an empty database make one schema and one operator", async () => {
  for (const node of nodes) expect(await signIn(node.url, admin.email, admin.password)).toContain("sb-access-token=");
});

it("a key that one node revokes is refused by every node, at once", async () => {
  const [first, ...others] = nodes as [Server, ...Server[]];
  const session = { cookie: await signIn(first.url, admin.email, admin.password), origin: first.url };
  const made = await fetch(`${first.url}/api/v1/keys`, {
    method: "POST",
    headers: { ...session, "content-type": "application/json" },
    body: JSON.stringify({ name: "seen everywhere" }),
  });
  const { data } = (await made.json()) as { data: { id: string; key: string } };
  const use = (node: Server) =>
    fetch(`${node.url}/api/v1/iocs?limit=1`, { headers: { "x-api-key": data.key } }).then((answer) => answer.status);
  expect(await Promise.all(nodes.map(use))).toEqual([200, 200, 200]);
  // As a client of another node would: its session holds there too.
  const [second] = others as [Server];
  const revoke = async () => {
    const headers = { ...session, origin: second.url };
    return (await fetch(`${second.url}/api/v1/keys/${data.id}`, { method: "DELETE", headers })).status;
  };
  // Sent again, as 503 asks for, where a slow machine has not confirmed it in time.
  let status = await revoke();
  for (let tries = 0; status === 503 && tries < 30; tries++) status = await revoke();
  expect(status).toBe(200);
  expect(await Promise.all(nodes.map(use))).toEqual([401, 401, 401]);
});

it("SIGTERM ends a node with code 0, its usage written", async () => {
  const [first, second] = nodes as [Server, Server];
  const session = { cookie: await signIn(first.url, admin.email, admin.password), origin: first.url };
  const made = await fetch(`${first.url}/api/v1/keys`, {
    method: "POST",
    headers: { ...session, "content-type": "application/json" },
    body: JSON.stringify({ name: "counted" }),
  });
  const { data } = (await made.json()) as { data: { id: string; key: string } };
  for (let i = 0; i < 5; i++) {
    await fetch(`${first.url}/api/v1/iocs?limit=1`, { headers: { "x-api-key": data.key } });
  }
  expect(await first.kill("SIGTERM")).toBe(0);
  const shown = await fetch(`${second.url}/api/v1/keys/${data.id}`, { headers: { cookie: session.cookie } });
  expect(await shown.json()).toMatchObject({ data: { total_requests: 5 } });
});
