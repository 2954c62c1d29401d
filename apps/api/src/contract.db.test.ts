import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock, errorOf, inject, unknownId } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";

const clock = createClock();
let t: TestApp;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
});
afterAll(() => t.close());

const as = (cookie: string) => ({ cookie });
const read = (id: string, cookie = t.operator.cookie) =>
  inject(t, { method: "GET", url: `/api/v1/keys/${id}` }, as(cookie));
const use = (secret: string) =>
  inject(t, { method: "GET", url: "/api/v1/iocs/search?q=evil" }, { authorization: `Bearer ${secret}` });

describe("getAPIKey", () => {
  it("answers a key as the contract writes it", async () => {
    const { id, secret } = await t.createKey(t.operator, {
      name: "Production SIEM",
      scopes: ["read:iocs", "read:stix"],
    });
    await t.deps.db.prisma.apiKey.update({
      where: { id },
      data: {
        createdAt: new Date("2026-01-15T10:00:00Z"),
        createdBy: "Ada",
        lastUsedAt: new Date("2026-05-17T09:42:11Z"),
        totalRequests: 142_587,
      },
    });
    const response = await read(id);
    const { usage, ...rest } = response.json().data;
    expect(response.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.stringify({ data: rest })).toBe(
      `{"data":{"id":"${id}","name":"Production SIEM","key_prefix":"${secret.slice(0, 12)}","key_preview":"sk_live_••••••••","tier":"pro","scopes":["read:iocs","read:stix"],"rate_limit_per_minute":1000,"rate_limit_per_day":1000000,"total_requests":142587,"last_used_at":"2026-05-17T09:42:11.000Z","created_at":"2026-01-15T10:00:00.000Z","created_by":"Ada","expires_at":null,"revoked_at":null,"revoked_reason":null,"revoked_by":null,"status":"active","allowed_ips":null,"previous_key_prefix":null,"previous_key_grace_seconds":null,"previous_key_retires_at":null}}`,
    );
    expect(usage.daily).toHaveLength(30);
    expect(Object.keys(usage.daily[0])).toEqual(["date", "requests", "errors"]);
    expect(response.body).not.toContain(secret);
  });

  it("answers HEAD without a body", async () => {
    const { id } = await t.createKey(t.operator);
    const response = await inject(t, { method: "HEAD", url: `/api/v1/keys/${id}` }, as(t.operator.cookie));
    expect([response.statusCode, response.body]).toEqual([200, ""]);
  });

  it("counts what the key was used for", async () => {
    const { id, secret } = await t.createKey(t.operator);
    await use(secret);
    await inject(t, { method: "GET", url: "/api/v1/iocs/search" }, { authorization: `Bearer ${secret}` });
    await t.deps.usage.flush(t.deps.context);
    const { usage, total_requests } = (await read(id)).json().data;
    const today = usage.daily.find(({ date }: { date: string }) => date === clock.now().toISOString().slice(0, 10));
    expect([total_requests, today.requests, today.errors]).toEqual([2, 2, 1]);
  });
});

describe("createAPIKey", () => {
  it("answers the secret once, under both of its names, to be stored nowhere", async () => {
    const response = await inject(
      t,
      { method: "POST", url: "/api/v1/keys", payload: { name: "New", expires_in_days: 30 } },
      as(t.operator.cookie),
    );
    expect([response.statusCode, response.headers["cache-control"]]).toEqual([201, "no-store"]);
    const { data, meta } = response.json();
    expect(data.key).toMatch(/^sk_live_[0-9A-Za-z]{40,}$/);
    expect(data.full_key).toBe(data.key);
    expect(meta.warning).not.toBe("");
    expect((await use(data.key)).statusCode).toBe(200);
  });

  it("names each field that is wrong", async () => {
    const payload = { name: "", expires_in_days: 366, scopes: ["write:all"], allowed_ips: ["300.1.1.1"] };
    const response = await inject(t, { method: "POST", url: "/api/v1/keys", payload }, as(t.operator.cookie));
    const { code, details } = errorOf(response);
    expect(code).toBe("invalid_parameter");
    expect(details.fields.map(({ field }: { field: string }) => field)).toEqual([
      "name",
      "expires_in_days",
      "scopes[0]",
      "allowed_ips[0]",
    ]);
  });

  it("refuses more keys than the tier has", async () => {
    const create = () =>
      inject(t, { method: "POST", url: "/api/v1/keys", payload: { name: "One" } }, as(t.stranger.cookie));
    for (let i = 0; i < 3; i += 1) expect((await create()).statusCode).toBe(201);
    expect(errorOf(await create())).toMatchObject({ status: 403, code: "key_limit_reached" });
  });
});

describe("revokeAPIKey", () => {
  const done = '{"success":true,"message":"API key revoked successfully"}';
  const bodies = [
    ["no body", {}],
    ["an empty body that says it is JSON", { headers: { "content-type": "application/json" } }],
    ["an empty object", { payload: {} }],
    ["no reason", { payload: { reason: null } }],
    ["a reason", { payload: { reason: "rotation: 2026-Q4" } }],
    ["a field that it does not know", { payload: { reason: "x", other: 1 } }],
  ] as const;

  it.each(bodies)("takes %s", async (_name, request) => {
    const { id, secret } = await t.createKey(t.operator);
    const response = await inject(
      t,
      { method: "DELETE", url: `/api/v1/keys/${id}`, ...request },
      as(t.operator.cookie),
    );
    expect([response.statusCode, response.body]).toEqual([200, done]);
    expect(errorOf(await use(secret))).toMatchObject({ status: 401, code: "invalid_api_key" });
    const { data } = (await read(id)).json();
    expect([data.status, data.revoked_reason]).toEqual([
      "revoked",
      "payload" in request && "reason" in request.payload ? request.payload.reason : null,
    ]);
  });

  it("answers the same again, and keeps the first reason and time", async () => {
    const { id } = await t.createKey(t.operator);
    const revoke = (reason: string) =>
      inject(t, { method: "DELETE", url: `/api/v1/keys/${id}`, payload: { reason } }, as(t.operator.cookie));
    await revoke("first");
    const before = (await read(id)).json().data;
    clock.skip(1_000);
    expect((await revoke("second")).body).toBe(done);
    expect((await read(id)).json().data).toMatchObject({ revoked_reason: "first", revoked_at: before.revoked_at });
  });

  it("refuses a reason that is too long, and an id that is not there", async () => {
    const { id, secret } = await t.createKey(t.operator);
    const revoke = (url: string, reason: string) =>
      inject(t, { method: "DELETE", url, payload: { reason } }, as(t.operator.cookie));
    expect(errorOf(await revoke(`/api/v1/keys/${id}`, "x".repeat(501)))).toMatchObject({
      status: 400,
      code: "invalid_parameter",
    });
    expect(errorOf(await revoke(`/api/v1/keys/${unknownId}`, "x"))).toMatchObject({ status: 404, code: "not_found" });
    expect(errorOf(await revoke("/api/v1/keys/not-a-uuid", "x"))).toMatchObject({ status: 404, code: "not_found" });
    expect((await use(secret)).statusCode).toBe(200);
  });

  it("writes to the audit log who did it, from where and why", async () => {
    const { id } = await t.createKey(t.operator, { name: "Leaked" });
    const response = await inject(
      t,
      {
        method: "DELETE",
        url: `/api/v1/keys/${id}`,
        payload: { reason: "Leaked" },
        headers: { "user-agent": "curl/8" },
      },
      as(t.operator.cookie),
    );
    const url = `/api/v1/audit?target=${id}&action=key.revoke`;
    const [event] = (await inject(t, { method: "GET", url }, as(t.operator.cookie))).json().data;
    expect(event).toMatchObject({
      actor: { type: "user", id: t.operator.userId },
      reason: "Leaked",
      ip: "127.0.0.1",
      user_agent: "curl/8",
      request_id: response.headers["x-request-id"],
    });
  });
});
