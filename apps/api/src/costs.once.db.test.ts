import { tiers } from "@tocsin/core/access";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addRecords } from "./testing/records";
import { createClock, inject, origin, trpcErrorOf } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const clock = createClock();
let t: TestApp;
let key: { id: string; secret: string };

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  await addRecords(
    t,
    Array.from({ length: 2_500 }, (_, n) => ({ value: `host-${n}.malware.example` })),
  );
  key = await t.createKey(t.operator);
});
afterAll(() => t.close());
beforeEach(() => clock.skipToMinute());

const get = (url: string, headers: Record<string, string> = {}) =>
  inject(t, { method: "GET", url }, { ...bearer(key.secret), ...headers });
const { pro, free } = tiers;
const limits = { perMinute: pro.requestsPerMinute, perDay: pro.requestsPerDay };
const spentOf = async () =>
  limits.perMinute - (await t.deps.limiter.peek(`key:${key.id}`, limits, clock.now())).perMinute.remaining;

describe("a key", () => {
  it.each([
    ["/api/v1/iocs/stix?limit=1000", 1],
    ["/api/v1/iocs/stix?limit=1001", 2],
    ["/api/v1/iocs/stix?limit=10000", 3],
    ["/api/v1/iocs/blocklists/hosts", 3],
    ["/api/v1/iocs?format=csv&limit=2001", 3],
    ["/api/v1/iocs?limit=2001", 1],
    ["/api/v1/iocs/stix?type=ipv4&limit=10000", 1],
    ["/api/v1/misp/hashes.csv", 3],
    ["/api/v1/misp/manifest.json", 1],
    ["/api/v1/iocs/stats", 1],
    ["/api/v1/articles?format=csv&limit=50", 1],
    ["/api/taxii2/api/collections/all/objects/", 2.5],
  ])("is charged for %s as %d requests, and shown what is left", async (url, cost) => {
    const answer = await get(url);
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
    expect(await spentOf()).toBe(cost);
    expect(answer.headers["x-ratelimit-remaining"]).toBe(String(Math.floor(limits.perMinute - cost)));
  });

  it("is charged one request for what it has already, for the head alone, and for what is wrong", async () => {
    const { headers } = await get("/api/v1/iocs/stix?limit=10000");
    clock.skipToMinute();
    expect((await get("/api/v1/iocs/stix?limit=10000", { "if-none-match": String(headers.etag) })).statusCode).toBe(
      304,
    );
    expect(await spentOf()).toBe(1);
    await inject(t, { method: "HEAD", url: "/api/v1/iocs/stix?limit=10000" }, bearer(key.secret));
    expect(await spentOf()).toBe(2);
    expect((await get("/api/v1/iocs/stix?limit=none")).statusCode).toBe(400);
    expect(await spentOf()).toBe(3);
  });

  it("is refused what it has not enough left for, and charged nothing for that", async () => {
    await t.deps.limiter.charge(`key:${key.id}`, limits, 998, clock.now());
    const refused = await get("/api/v1/iocs/stix?limit=10000");
    expect([refused.statusCode, await spentOf()]).toEqual([429, 998]);
    expect((await get("/api/v1/iocs/stix?limit=2000")).statusCode).toBe(200);
    expect(await spentOf()).toBe(1_000);
    expect((await get("/api/v1/iocs/stix?limit=1")).statusCode).toBe(429);
    expect(await spentOf()).toBe(1_000);
  });

  it("finds in its usage what it was charged", async () => {
    const one = await t.createKey(t.operator);
    const call = (url: string) => inject(t, { method: "GET", url }, bearer(one.secret));
    for (const url of ["/api/v1/iocs/stix?limit=10000", "/api/v1/lookup?ioc=a.example", "/api/v1/iocs?limit=x"])
      await call(url);
    const { perDay } = await t.deps.limiter.peek(`key:${one.id}`, limits, clock.now());
    await t.deps.usage.flush(t.deps.context);
    const usage = await inject(
      t,
      { method: "GET", url: `/api/v1/keys/${one.id}/usage` },
      { cookie: t.operator.cookie },
    );
    expect(usage.json().data).toMatchObject({ total_requests: 3, total_charged: 5 });
    expect(perDay?.remaining).toBe(limits.perDay - 5);
  });
});

describe("a person in the dashboard", () => {
  const user = { perMinute: 600, perDay: null };
  const pool = () => ({
    key: `dashboard:${t.stranger.workspaceId}`,
    limits: { perMinute: null, perDay: free.requestsPerDay },
  });
  const state = () => t.deps.limiter.peek(`user:${t.stranger.userId}`, user, clock.now(), pool());
  const ask = (url: string) => inject(t, { method: "GET", url }, { cookie: t.stranger.cookie });
  const lookups = (count: number, comma: string) => {
    const input = Object.fromEntries(Array.from({ length: count }, (_, n) => [n, { ioc: `host-${n}.example` }]));
    const path = Array.from({ length: count }, () => "lookup.byValue").join(comma);
    return `/api/trpc/${path}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`;
  };

  it.each([
    ["a comma", ","],
    ["an encoded comma", "%2C"],
    ["a comma that is encoded twice", "%252C"],
  ])("is charged for every procedure that runs, with %s between them", async (_what, comma) => {
    const before = (await state()).pool.perDay?.remaining ?? 0;
    const answer = await ask(lookups(10, comma));
    const ran = answer.body.split('"result":').length - 1;
    const after = await state();
    // What names no procedure has run none, and costs one request of the minute alone.
    expect(user.perMinute - after.perMinute.remaining).toBe(Math.max(1, ran));
    expect(before - (after.pool.perDay?.remaining ?? 0)).toBe(ran);
  });

  it("is charged for many values by their weight", async () => {
    const before = (await state()).pool.perDay?.remaining ?? 0;
    const values = Array.from({ length: 95 }, (_, n) => `host-${n}.example`);
    const answer = await inject(
      t,
      { method: "POST", url: "/api/trpc/lookup.byValues", payload: JSON.stringify({ values }) },
      { cookie: t.stranger.cookie, origin, "content-type": "application/json" },
    );
    expect(answer.statusCode).toBe(200);
    const after = await state();
    expect([user.perMinute - after.perMinute.remaining, before - (after.pool.perDay?.remaining ?? 0)]).toEqual([
      10, 10,
    ]);
  });

  it("does not use up the day of the workspace with what is no intelligence", async () => {
    const before = (await state()).pool.perDay?.remaining;
    await ask("/api/trpc/me.get,overview.get,keys.list?batch=1");
    await ask("/api/v1/keys");
    const after = await state();
    expect(user.perMinute - after.perMinute.remaining).toBe(4);
    expect(after.pool.perDay?.remaining).toBe(before);
  });

  it("reads no more intelligence in a day than a key of the workspace, goes on working, and sees it in the usage", async () => {
    const { pool: shared } = await state();
    const left = shared.perDay?.remaining ?? 0;
    await t.deps.limiter.charge("user:test", { perMinute: 1e6, perDay: null }, left, clock.now(), pool());
    for (const url of ["/api/trpc/lookup.byValue?input=%7B%22ioc%22%3A%22a.example%22%7D", "/api/trpc/iocs.list"]) {
      expect(trpcErrorOf(await ask(url))).toEqual({ status: 429, code: "rate_limit_exceeded" });
    }
    expect((await ask("/api/exports/csv")).statusCode).toBe(429);
    expect((await ask("/api/trpc/me.get")).statusCode).toBe(200);
    await t.deps.usage.flush(t.deps.context);
    const usage = (await ask("/api/v1/usage")).json().data.dashboard;
    expect(usage).toMatchObject({ rate_limit_hits: 3 });
    expect(usage.charged).toBe(free.requestsPerDay - left);
  });
});
