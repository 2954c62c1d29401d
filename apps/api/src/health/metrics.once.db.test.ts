import { syncFeeds } from "@tocsin/core/runs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../testing/test-app";

const token = "metrics-token-metrics-token-metrics-token";
let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp({ env: { TOCSIN_METRICS_TOKEN: token, TOCSIN_FEEDS: "tor-bulk" } });
});
afterAll(() => t.close());

const read = (remoteAddress: string, headers: Record<string, string> = {}) =>
  t.app.inject({ url: "/metrics", remoteAddress, headers: { host: "127.0.0.1:8080", ...headers } });

it("tells this machine how requests went, by template and status", async () => {
  await t.app.inject({ url: "/api/v1/keys/7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10" });
  const answer = await read("127.0.0.1");
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain(
    'tocsin_http_request_duration_seconds_count{method="GET",route="/api/v1/keys/:keyId",status="401"} 1',
  );
  expect(answer.body).toMatch(/^tocsin_limits_shared 0$/m);
  expect(answer.body).not.toContain("7d0f3c0e");
});

it("tells how each feed does that is on", async () => {
  const { context } = t.deps;
  await syncFeeds(context, [{ id: "tor-bulk", name: "Tor bulk exit list", category: "threat-feed" }]);
  await context.sql.query(
    "UPDATE feed SET failures = 6, next_due_at = now() + interval '1 hour', last_success_at = to_timestamp(1800000000)",
  );
  const { body } = await read("127.0.0.1");
  expect(body).toMatch(/^tocsin_feed_circuit\{feed="tor-bulk"\} 1$/m);
  expect(body).toMatch(/^tocsin_feed_failures\{feed="tor-bulk"\} 6$/m);
  expect(body).toMatch(/^tocsin_feed_held\{feed="tor-bulk"\} 0$/m);
  expect(body).toMatch(/^tocsin_feed_last_success_timestamp_seconds\{feed="tor-bulk"\} 1800000000$/m);
  expect(body).not.toContain('feed="openphish"');
});

it("tells what TAXII's pollers wait for", async () => {
  const { context } = t.deps;
  expect((await read("127.0.0.1")).body).toMatch(/^tocsin_taxii_backlog_changes 0$/m);
  await context.sql.query(
    `INSERT INTO ioc_change (ioc_id, queued_at)
     SELECT gen_random_uuid(), now() - n * interval '1 minute' FROM generate_series(7, 6, -1) AS n`,
  );
  const { body } = await read("127.0.0.1");
  expect(body).toMatch(/^tocsin_taxii_backlog_changes 2$/m);
  const oldest = Number(/^tocsin_taxii_backlog_oldest_seconds (\S+)$/m.exec(body)?.[1]);
  expect(Math.floor(oldest / 60)).toBe(7);
  await context.sql.query("TRUNCATE ioc_change");
});

it("leaves out what it cannot read", async () => {
  const { context } = t.deps;
  await context.sql.query("ALTER TABLE ioc_change RENAME TO ioc_change_away");
  const answer = await read("127.0.0.1");
  await context.sql.query("ALTER TABLE ioc_change_away RENAME TO ioc_change");
  expect(answer.statusCode).toBe(200);
  expect(answer.body).not.toMatch(/^tocsin_taxii_backlog_changes /m);
  expect(answer.body).toMatch(/^tocsin_draining 0$/m);
});

it("is not there for other machines without the token", async () => {
  expect((await read("198.51.100.7")).statusCode).toBe(404);
  expect((await read("127.0.0.1", { "x-forwarded-for": "198.51.100.7" })).statusCode).toBe(404);
  expect((await read("198.51.100.7", { authorization: "Bearer wrong" })).statusCode).toBe(404);
  expect((await read("198.51.100.7", { authorization: `Bearer ${token}` })).statusCode).toBe(200);
});

it("are nobody's without the token where the instance has a public address, and the answer says so", async () => {
  const open = await buildTestApp({
    env: { TOCSIN_METRICS_TOKEN: token, TOCSIN_FEEDS: "off", PUBLIC_URL: "https://tocsin.example" },
  });
  const ask = (headers: Record<string, string> = {}) =>
    open.app.inject({ url: "/metrics", remoteAddress: "127.0.0.1", headers: { host: "127.0.0.1:8080", ...headers } });
  const refused = await ask();
  expect([refused.statusCode, refused.json().error.message]).toEqual([
    404,
    expect.stringContaining("TOCSIN_METRICS_TOKEN"),
  ]);
  expect((await ask({ authorization: `Bearer ${token}` })).statusCode).toBe(200);
  await open.close();
});
