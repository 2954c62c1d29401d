import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock, errorOf, inject, unknownId } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";

const clock = createClock();
let t: TestApp;
let key: { id: string; secret: string };
const limits = { perMinute: 1_000, perDay: 1_000_000 };

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  key = await t.createKey(t.operator, { name: "=SIEM" });
  clock.skipToMinute();
  const call = (url: string) => inject(t, { method: "GET", url }, { authorization: `Bearer ${key.secret}` });
  for (let i = 0; i < 5; i += 1) await call("/api/v1/iocs");
  await call("/api/v1/iocs/search");
  const { perMinute } = await t.deps.limiter.peek(`key:${key.id}`, limits, clock.now());
  await t.deps.limiter.charge(`key:${key.id}`, limits, perMinute?.remaining ?? 0, clock.now());
  for (let i = 0; i < 2; i += 1) await call("/api/v1/lookup?ioc=evil.example");
  await t.deps.usage.flush(t.deps.context);
});
afterAll(() => t.close());

const read = (url: string, cookie = t.operator.cookie) => inject(t, { method: "GET", url }, { cookie });
const ofKey = (query = "", id = key.id) => `/api/v1/keys/${id}/usage${query}`;
const today = () => clock.now().toISOString().slice(0, 10);

describe("getAPIKeyUsage", () => {
  it("answers the members of the contract, in its order and with its figures", async () => {
    const response = await read(ofKey("?days=7"));
    expect(response.statusCode).toBe(200);
    const { data } = response.json();
    expect(Object.keys(response.json())).toEqual(["data"]);
    expect(Object.keys(data)).toEqual([
      ...["key_id", "window_days", "total_requests", "total_charged", "successful", "client_errors", "server_errors"],
      "success_rate",
      ...["avg_response_time_ms", "latency_p50_ms", "latency_p95_ms", "latency_p99_ms"],
      ...["rate_limit_peak_per_minute", "rate_limit_peak_per_day", "top_endpoints", "by_status", "daily"],
      "rate_limit_hits_by_hour",
    ]);
    expect(data).toMatchObject({
      key_id: key.id,
      window_days: 7,
      total_requests: 8,
      // What was over the limit has cost nothing.
      total_charged: 6,
      successful: 5,
      client_errors: 3,
      server_errors: 0,
      success_rate: 0.625,
      rate_limit_peak_per_day: 8,
      by_status: { "200": 5, "400": 1, "429": 2 },
      top_endpoints: [
        { path: "/api/v1/iocs", count: 5 },
        { path: "/api/v1/lookup", count: 2 },
        { path: "/api/v1/iocs/search", count: 1 },
      ],
      rate_limit_hits_by_hour: [{ hour: `${clock.now().toISOString().slice(0, 13)}:00:00.000Z`, count: 2 }],
    });
    expect(data.daily).toHaveLength(7);
    expect(data.daily[0]).toEqual({ date: today(), requests: 8, errors: 3 });
    expect(data.latency_p50_ms).toBeGreaterThan(0);
    expect(data.latency_p99_ms).toBeGreaterThanOrEqual(data.latency_p50_ms);
  });

  it("looks back thirty days, or 1 to 90 where it is told", async () => {
    expect((await read(ofKey())).json().data.window_days).toBe(30);
    for (const days of ["0", "91", "1.5", "-1", "x", "", "1e1"]) {
      expect(errorOf(await read(ofKey(`?days=${days}`)))).toMatchObject({ status: 400, code: "invalid_parameter" });
      expect(errorOf(await read(ofKey(`?days=${days}&format=csv`)))).toMatchObject({ status: 400 });
    }
    expect((await read(ofKey("?days=90"))).json().data.daily).toHaveLength(90);
  });

  it("is for anyone of the workspace, and for nobody else", async () => {
    expect((await read(ofKey(), t.member.cookie)).statusCode).toBe(200);
    for (const query of ["", "?format=csv"]) {
      expect(errorOf(await read(ofKey(query), t.stranger.cookie))).toMatchObject({ status: 404, code: "not_found" });
      expect(errorOf(await read(ofKey(query, unknownId)))).toMatchObject({ status: 404, code: "not_found" });
      expect(errorOf(await read(ofKey(query, "nonsense")))).toMatchObject({ status: 404, code: "not_found" });
    }
  });

  it("is a CSV file too, harmless to spreadsheets", async () => {
    const response = await read(ofKey("?days=2&format=csv"));
    expect(response.headers["content-type"]).toContain("text/csv");
    expect(response.headers["content-disposition"]).toBe(
      `attachment; filename="usage-${key.id}-${today()}-2-days.csv"`,
    );
    const [head, ...rows] = response.body.trim().split("\r\n");
    expect(head).toBe("date,key_id,key_name,owner,path,status,requests,avg_response_time_ms,latency_p95_ms");
    expect(rows.map((row) => row.split(",").slice(0, 7).join(","))).toEqual([
      `${today()},${key.id},'=SIEM,operator@tocsin.example,/api/v1/iocs,200,5`,
      `${today()},${key.id},'=SIEM,operator@tocsin.example,/api/v1/iocs/search,400,1`,
      `${today()},${key.id},'=SIEM,operator@tocsin.example,/api/v1/lookup,429,2`,
    ]);
  });
});

describe("getWorkspaceUsage", () => {
  it("answers the workspace's keys and owners, and nothing of another's", async () => {
    await t.createKey(t.operator, { name: "Unused" });
    const { data } = (await read("/api/v1/usage?days=1")).json();
    expect(data).toMatchObject({ total_requests: 8, rate_limit_peak_per_day: 8 });
    expect(data.keys).toEqual([
      { key_id: key.id, name: "=SIEM", owner: t.operator.email, requests: 8, errors: 3, rate_limit_hits: 2 },
    ]);
    expect(data.owners).toEqual([{ owner: t.operator.email, keys: 1, requests: 8, errors: 3, rate_limit_hits: 2 }]);
    const other = (await read("/api/v1/usage", t.stranger.cookie)).json().data;
    expect([other.total_requests, other.keys]).toEqual([0, []]);
    const csv = await read("/api/v1/usage?format=csv&days=1", t.stranger.cookie);
    expect(csv.body.trim().split("\r\n")).toHaveLength(1);
  });
});
