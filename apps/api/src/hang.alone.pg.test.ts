import { type HangingProxy, startHangingProxy, type TestDatabase, testDatabaseUrl } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Server, signIn, startServer } from "./e2e/server";

const admin = { email: "operator@tocsin.example", password: "correct horse battery" };
let database: TestDatabase;
let proxy: HangingProxy;
let server: Server;
beforeAll(async () => {
  database = await testDatabaseUrl();
  proxy = await startHangingProxy(database.url);
  server = await startServer(
    {
      DATABASE_URL: proxy.url,
      TOCSIN_SECRET: "a secret for tests that is long enough",
      TOCSIN_ADMIN_EMAIL: admin.email,
      TOCSIN_ADMIN_PASSWORD: admin.password,
    },
    { source: true },
  );
});
afterAll(async () => {
  proxy?.resume();
  await server?.kill("SIGTERM");
  await proxy?.close();
  await database?.drop();
});

const patience = { timeout: 60_000, interval: 100 };
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(server.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url, ...headers },
    body: JSON.stringify(body),
  });
const ready = async () => (await fetch(`${server.url}/readyz`)).status;
const codeOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error: { code: string } }).error.code,
];

it("answers 503 to everything while its database hangs, and counts every use once when it is back", async () => {
  const cookie = await signIn(server.url, admin.email, admin.password);
  const created = await post("/api/v1/keys", { name: "Hanging" }, { cookie });
  const { data } = (await created.json()) as { data: { id: string; key: string } };
  const lookup = () =>
    fetch(`${server.url}/api/v1/lookup?ioc=192.0.2.1`, { headers: { authorization: `Bearer ${data.key}` } });
  for (let n = 0; n < 3; n++) expect((await lookup()).status).toBe(200);

  proxy.hang();
  // Every way to the database: a key, a session, an account, a new key; each waits for the database, and fails with it.
  const refused = await Promise.all([
    lookup(),
    fetch(`${server.url}/api/v1/keys`, { headers: { cookie } }),
    post("/api/auth/sign-in/email", admin),
    post("/api/v1/keys", { name: "Lost" }, { cookie }),
  ]);
  for (const answer of refused) expect(await codeOf(answer)).toEqual([503, "service_unavailable"]);
  await expect.poll(ready, patience).toBe(503);
  const [status] = await codeOf(await lookup());
  expect(status).toBe(503);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

  proxy.resume();
  await expect.poll(ready, patience).toBe(200);
  expect((await lookup()).status).toBe(200);
  const usage = async () => {
    const answer = await fetch(`${server.url}/api/v1/keys/${data.id}`, { headers: { cookie } });
    return ((await answer.json()) as { data: { total_requests: number } }).data.total_requests;
  };
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
  await expect.poll(metrics, patience).toMatch(/^tocsin_usage_pending 0$/m);
  // The first refusal came to a key that was known from memory.
  const answeredToTheKey = 3 + 1 + (refused[0]?.headers.get("x-ratelimit-limit") === "1000" ? 1 : 0);
  await expect.poll(usage, patience).toBe(answeredToTheKey);
});
