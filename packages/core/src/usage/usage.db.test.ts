import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Authorized, SessionCaller } from "../access";
import type { Call, Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { getKeyUsage, getWorkspaceUsage } from "./get-usage";
import { createUsageRecorder } from "./record-usage";
import { rollUpUsage } from "./roll-up-usage";
import { keyUsageShape, workspaceUsageShape } from "./shape";
import { streamUsage } from "./stream-usage";

let db: Db;
let ctx: Context;
let call: Call<Authorized<SessionCaller>>;
const dayMs = 86_400_000;
const now = new Date("2026-11-21T12:00:00.000Z");

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => now });
  call = await testWorkspace(ctx);
});
afterAll(() => db.close());

async function newKey(of = call, name = "k", createdBy = "ada@people.example"): Promise<string> {
  const id = randomUUID();
  const { workspaceId } = of.caller;
  await db.prisma.apiKey.create({ data: { id, workspaceId, name, createdBy, prefix: "sk_live_0000" } });
  return id;
}

type Made = { route: string; status: number; durationMs: number; at: Date };

/** Deterministic: a linear congruential generator. */
function* numbers(seed: number): Generator<number> {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    yield x / 2 ** 32;
  }
}

/** Uses spread over the last `days` days, written in several flushes. */
async function use(keyId: string, count: number, days: number, seed = 1): Promise<Made[]> {
  const random = numbers(seed);
  const next = () => random.next().value as number;
  const routes = Array.from({ length: 12 }, (_, i) => `/api/v1/r${String(i).padStart(2, "0")}`);
  const statuses = [200, 200, 200, 200, 304, 404, 429, 429, 500];
  const made: Made[] = [];
  const recorder = createUsageRecorder();
  for (let i = 0; i < count; i++) {
    const one = {
      route: routes[Math.floor(next() ** 2 * routes.length)] ?? "",
      status: statuses[Math.floor(next() * statuses.length)] ?? 200,
      durationMs: Math.exp(next() * 9),
      at: new Date(now.getTime() - Math.floor(next() ** 3 * days * dayMs)),
    };
    made.push(one);
    recorder.record({ keyId, ...one });
    if (i % 500 === 499) await recorder.flush(ctx);
  }
  await recorder.flush(ctx);
  return made;
}

const within = (made: readonly Made[], days: number) => {
  const since = (Math.floor(now.getTime() / dayMs) - days + 1) * dayMs;
  return made.filter(({ at }) => at.getTime() >= since);
};
const count = (made: readonly Made[], what: (one: Made) => string) => {
  const counts: Record<string, number> = {};
  for (const one of made) counts[what(one)] = (counts[what(one)] ?? 0) + 1;
  return counts;
};
const most = (counts: Record<string, number>) => Math.max(0, ...Object.values(counts));

/** The same figures, counted one by one. */
function exactly(made: readonly Made[]) {
  const of = (least: number, end: number) => made.filter(({ status }) => status >= least && status < end).length;
  return {
    total_requests: made.length,
    successful: of(200, 400),
    client_errors: of(400, 500),
    server_errors: of(500, 600),
    success_rate: made.length === 0 ? 0 : Math.round((of(200, 400) / made.length) * 10_000) / 10_000,
    by_status: count(made, ({ status }) => String(status)),
    top_endpoints: Object.entries(count(made, ({ route }) => route))
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, 10)
      .map(([path, n]) => ({ path, count: n })),
    rate_limit_peak_per_minute: most(count(made, ({ at }) => at.toISOString().slice(0, 16))),
    rate_limit_peak_per_day: most(count(made, ({ at }) => at.toISOString().slice(0, 10))),
    rate_limit_hits_by_hour: Object.entries(
      count(
        made.filter(({ status }) => status === 429),
        ({ at }) => `${at.toISOString().slice(0, 13)}:00:00.000Z`,
      ),
    )
      .map(([hour, n]) => ({ hour, count: n }))
      .sort((a, b) => (a.hour < b.hour ? 1 : -1)),
  };
}

function expectNear(estimate: number, made: readonly Made[], share: number): void {
  const times = made.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const truth = times[Math.max(1, Math.ceil(share * times.length)) - 1] ?? 0;
  expect(Math.abs(estimate - truth) / truth).toBeLessThanOrEqual(0.05 + 0.002);
}

async function expectTrue(keyId: string, made: readonly Made[], days: number): Promise<void> {
  const answer = await getKeyUsage(call, { keyId, days });
  const { data } = keyUsageShape.parse(answer);
  const truth = within(made, days);
  expect(data).toMatchObject({ key_id: keyId, window_days: days, ...exactly(truth) });
  expect(data.daily).toHaveLength(days);
  expect(data.daily[0]?.date).toBe("2026-11-21");
  expect(data.daily.reduce((sum, day) => sum + day.requests, 0)).toBe(truth.length);
  expect(data.daily.reduce((sum, day) => sum + day.errors, 0)).toBe(data.client_errors + data.server_errors);
  const average = truth.reduce((sum, { durationMs }) => sum + durationMs, 0) / truth.length;
  expect(data.avg_response_time_ms).toBeCloseTo(average, 1);
  expectNear(data.latency_p50_ms, truth, 0.5);
  expectNear(data.latency_p95_ms, truth, 0.95);
  expectNear(data.latency_p99_ms, truth, 0.99);
}

const partitions = async () =>
  (
    await db.sql.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'usage_partition' ORDER BY 1",
    )
  ).map(({ name }) => name);

describe("the usage of a key", () => {
  it("is that of each window, counted one by one, before and after it was rolled up", async () => {
    const keyId = await newKey();
    const made = await use(keyId, 3_000, 100);
    for (const days of [1, 7, 30, 90]) await expectTrue(keyId, made, days);
    const first = await rollUpUsage(ctx, { minuteDays: 7, hourDays: 90 });
    expect(first.daysSettled).toBeGreaterThan(50);
    for (const days of [1, 7, 30, 90]) await expectTrue(keyId, made, days);
    expect(await rollUpUsage(ctx, { minuteDays: 7, hourDays: 90 })).toMatchObject({ daysSettled: 0 });
  });

  it("stays true to the day when its minutes and hours are gone, whatever comes late", async () => {
    const keyId = await newKey();
    const made = await use(keyId, 1_000, 89, 7);
    await rollUpUsage(ctx, { minuteDays: 1, hourDays: 1 });
    const late = { route: "/late", status: 200, durationMs: 5, at: new Date(now.getTime() - 60 * dayMs) };
    const recorder = createUsageRecorder();
    recorder.record({ keyId, ...late });
    await recorder.flush(ctx);
    await rollUpUsage(ctx, { minuteDays: 1, hourDays: 1 });
    const all = [...made, late];
    const { data } = await getKeyUsage(call, { keyId, days: 90 });
    const { rate_limit_hits_by_hour: _hours, rate_limit_peak_per_minute: _peak, ...exact } = exactly(within(all, 90));
    expect(data).toMatchObject(exact);
    expect(data.rate_limit_peak_per_minute).toBeGreaterThan(0);
    expectNear(data.latency_p95_ms, all, 0.95);
    const [left] = await db.sql.query<{ n: number }>(
      "SELECT count(*) AS n FROM usage_hour WHERE hour < '2026-11-01T00:00:00Z'",
    );
    expect(left?.n).toBe(0);
  });

  it("is nothing for a key that was never used", async () => {
    const { data } = await getKeyUsage(call, { keyId: await newKey(), days: 30 });
    expect(keyUsageShape.parse({ data }).data).toMatchObject({
      ...exactly([]),
      avg_response_time_ms: 0,
      latency_p99_ms: 0,
    });
    expect(data.daily).toHaveLength(30);
  });

  it("is not there for another workspace's key, for one that never was, and for nonsense", async () => {
    const foreign = await newKey(await testWorkspace(ctx));
    for (const keyId of [foreign, randomUUID(), "nonsense", ""]) {
      await expect(getKeyUsage(call, { keyId, days: 30 })).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("the usage of a workspace", () => {
  it("adds up its keys and owners, in as many statements for one as for many", async () => {
    const own = await testWorkspace(ctx);
    const keys = [await newKey(own, "A", "ada"), await newKey(own, "B", "ada"), await newKey(own, "C", "bob")];
    const made = await Promise.all(keys.map((keyId, i) => use(keyId, 100 * (i + 1), 20, i + 1)));
    await use(await newKey(), 50, 20);
    let statements = 0;
    const query: Context["sql"]["query"] = (text, values) => {
      statements += 1;
      return ctx.sql.query(text, values);
    };
    const counting = { ...own, sql: { ...ctx.sql, query } };
    const { data } = workspaceUsageShape.parse(await getWorkspaceUsage(counting, { days: 30 }));
    expect(statements).toBe(10);
    const { rate_limit_peak_per_minute: _minute, rate_limit_peak_per_day: _day, ...exact } = exactly(made.flat());
    expect(data).toMatchObject(exact);
    expect(data.rate_limit_peak_per_day).toBe(Math.max(...made.map((one) => exactly(one).rate_limit_peak_per_day)));
    expect(data.keys.map(({ name, requests }) => [name, requests])).toEqual([
      ["C", 300],
      ["B", 200],
      ["A", 100],
    ]);
    expect(data.owners.map(({ owner, keys: n, requests }) => [owner, n, requests])).toEqual([
      ["ada", 2, 300],
      ["bob", 1, 300],
    ]);
    expect(data.owners[1]?.rate_limit_hits).toBe(exactly(made[2] ?? []).by_status["429"]);
    const records = [];
    for await (const page of streamUsage(own, { workspaceId: own.caller.workspaceId }, 30)) records.push(...page);
    expect(records.reduce((sum, record) => sum + record.requests, 0)).toBe(600);
    expect(records[0]?.date).toBe("2026-11-21");
    const one = records.find((record) => record.keyName === "C" && record.requests > 1);
    expect(one?.avgMs).toBeGreaterThan(0);
    expect(one?.p95Ms).toBeGreaterThan(0);
  });
});

describe("partitions", () => {
  it("are made ahead, and dropped when all of their month is older than what is kept", async () => {
    const at = (text: string) => ({ ...ctx, now: () => new Date(text) });
    await rollUpUsage(at("2031-03-15T00:00:00Z"), { minuteDays: 7, hourDays: 90 });
    const before = await partitions();
    expect(before).toEqual(
      expect.arrayContaining(["usage_minute_2031_03", "usage_minute_2031_05", "usage_hour_2031_05"]),
    );
    const early = await rollUpUsage(at("2031-04-07T23:59:00Z"), { minuteDays: 7, hourDays: 90 });
    expect(early.partitionsDropped).toEqual([]);
    const report = await rollUpUsage(at("2031-04-08T00:00:00Z"), { minuteDays: 7, hourDays: 90 });
    expect(report.partitionsDropped).toEqual(["usage_minute_2031_03"]);
    expect(await partitions()).toContain("usage_hour_2031_03");
    await rollUpUsage(at("2031-06-30T00:00:00Z"), { minuteDays: 7, hourDays: 90 });
    expect(await partitions()).not.toContain("usage_hour_2031_03");
  });

  it("take what comes for a month without one, which may be made no more", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    recorder.record({ keyId, route: "/r", status: 200, durationMs: 1, at: new Date("2035-01-10T00:00:00Z") });
    await recorder.flush(ctx);
    const warnings: object[] = [];
    const log = { ...ctx.log, warn: (fields: object) => warnings.push(fields) };
    const later = { ...ctx, log, now: () => new Date("2035-01-20T00:00:00Z") };
    await Promise.all([1, 2, 3].map(() => rollUpUsage(later, { minuteDays: 7, hourDays: 90 })));
    expect(warnings).toContainEqual({ parent: "usage_hour", month: "2035-01-01" });
    const usage = await getKeyUsage({ ...call, now: later.now }, { keyId, days: 30 });
    expect(usage.data).toMatchObject({ total_requests: 1, rate_limit_peak_per_minute: 1 });
  });
});
