import { type TestDatabase, testDatabaseUrl } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canStartRedis, type OwnRedis, startOwnRedis } from "../testing/redis-server";
import { type Server, signIn, startServer } from "./server";

const possible = canStartRedis && process.env.TEST_DATABASE_URL !== undefined;
if (!possible) console.log("skipped: nodes that share limits (wants TEST_DATABASE_URL and a redis-server to start)");

const admin = { email: "op@tocsin.example", password: "correct horse battery" };

describe.skipIf(!possible)("three nodes on one Redis and one PostgreSQL", () => {
  let database: TestDatabase;
  let redis: OwnRedis;
  let nodes: [Server, Server, Server];

  beforeAll(async () => {
    [database, redis] = await Promise.all([testDatabaseUrl(), startOwnRedis()]);
    const env = {
      DATABASE_URL: database.url,
      DATABASE_POOL: "3",
      REDIS_URL: redis.url,
      TOCSIN_SECRET: "one secret for every node of the test",
      TOCSIN_ADMIN_EMAIL: admin.email,
      TOCSIN_ADMIN_PASSWORD: admin.password,
    };
    nodes = await Promise.all([startServer(env), startServer(env), startServer(env)]);
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.kill("SIGKILL")));
    await Promise.all([database.drop(), redis.remove()]);
  });

  const nodeAt = (index: number): Server => nodes[index % 3] ?? nodes[0];
  const use = async (node: Server, key: string) => {
    const started = performance.now();
    const answer = await fetch(`${node.url}/api/v1/iocs?limit=1`, { headers: { "x-api-key": key } });
    const body = (await answer.json()) as { error?: { details: Record<string, unknown> } };
    return { status: answer.status, headers: answer.headers, body, ms: performance.now() - started };
  };
  const offer = (key: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, i) => use(nodeAt(i), key)));
  const statuses = (answers: Awaited<ReturnType<typeof use>>[]) =>
    [200, 429].map((status) => answers.filter((answer) => answer.status === status).length);
  const readiness = async (node: Server) => {
    const answer = await fetch(`${node.url}/readyz`);
    const { checks } = (await answer.json()) as { checks: { redis: string } };
    return [answer.status, checks.redis];
  };
  const scriptCalls = async () =>
    Number(/cmdstat_evalsha:calls=(\d+)/.exec(String(await redis.ask("INFO", "commandstats")))?.[1] ?? 0);
  /** A limit a minute wants a minute that does not end meanwhile. */
  const roomInMinute = async (seconds: number) => {
    const left = 60 - ((Date.now() / 1_000) % 60);
    if (left <= seconds) await new Promise((resolve) => setTimeout(resolve, (left + 0.1) * 1_000));
  };

  it("accept the limits of a key and of its workspace exactly, and go on by themselves without Redis", async () => {
    const session = { cookie: await signIn(nodes[0].url, admin.email, admin.password), origin: nodes[0].url };
    const post = async (path: string, body: object) => {
      const answer = await fetch(`${nodes[0].url}${path}`, {
        method: "POST",
        headers: { ...session, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(answer.ok).toBe(true);
      return answer.json();
    };
    const me = await (await fetch(`${nodes[0].url}/api/trpc/me.get`, { headers: session })).json();
    const overrides = { requestsPerMinute: 40, workspaceRequestsPerMinute: 60 };
    const workspaceId = me.result.data.workspace.id;
    await post("/api/trpc/workspaces.setTier", { workspaceId, tier: "pro", overrides });
    const secrets = await Promise.all(["one", "two"].map((name) => post("/api/v1/keys", { name })));
    const [one, two] = secrets.map((made) => made.data.key as string) as [string, string];
    expect(await Promise.all(nodes.map(readiness))).toEqual([200, 200, 200].map((code) => [code, "ok"]));

    await roomInMinute(12);
    const calls = await scriptCalls();
    const first = await offer(one, 120);
    expect(statuses(first)).toEqual([40, 80]);
    expect(await scriptCalls()).toBe(calls + 120);
    const rubbish = await Promise.all(nodes.map((node) => use(node, "sk_live_rubbish")));
    expect(rubbish.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(await scriptCalls()).toBe(calls + 120);
    const second = await offer(two, 60);
    expect(statuses(second)).toEqual([20, 40]);
    const refused = second.find(({ status }) => status === 429);
    expect(refused?.body.error?.details).toMatchObject({ window: "minute", limit: 60, of: "workspace" });
    expect(refused?.headers.get("ratelimit-policy")).toContain('"workspace-minute";q=60;w=60');
    // One end of the window on every node.
    expect(new Set(first.map(({ headers }) => headers.get("x-ratelimit-reset"))).size).toBe(1);

    await redis.kill();
    const alone = [];
    for (let i = 0; i < 30; i++) alone.push(await use(nodeAt(i), one));
    expect(alone.every(({ status, ms }) => (status === 200 || status === 429) && ms < 1_000)).toBe(true);
    // Each node has accepted about a third of the forty, and counts on from there.
    expect(statuses(alone)[0]).toBeGreaterThan(0);
    expect(await Promise.all(nodes.map(readiness))).toEqual([200, 200, 200].map((code) => [code, "degraded"]));
  });
});
