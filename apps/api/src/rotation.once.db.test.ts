import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock, errorOf, inject, unknownId } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";

const clock = createClock();
let t: TestApp;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
});
afterAll(() => t.close());

const send = (method: "GET" | "PATCH" | "POST", url: string, payload?: object, cookie = t.operator.cookie) =>
  inject(t, { method, url, ...(payload ? { payload } : {}) }, { cookie });
const read = async (id: string) => (await send("GET", `/api/v1/keys/${id}`)).json().data;
const use = (secret: string, remoteAddress = "192.0.2.1") =>
  inject(t, { method: "GET", url: "/api/v1/iocs/search?q=evil", remoteAddress }, { authorization: `Bearer ${secret}` });

describe("rotateAPIKey", () => {
  const rotate = (id: string, payload?: object) => send("POST", `/api/v1/keys/${id}/rotate`, payload);

  it("answers a new secret once, and both work until the grace has gone by since its first use", async () => {
    const { id, secret } = await t.createKey(t.operator);
    const response = await rotate(id);
    expect([response.statusCode, response.headers["cache-control"]]).toEqual([200, "no-store"]);
    const { data, meta } = response.json();
    expect(data).toMatchObject({
      id,
      full_key: data.key,
      key_prefix: data.key.slice(0, 12),
      previous_key_prefix: secret.slice(0, 12),
      previous_key_grace_seconds: 86_400,
      previous_key_retires_at: null,
    });
    expect(meta.warning).not.toBe("");
    clock.skip(86_400_000);
    expect((await use(secret)).statusCode).toBe(200);
    expect((await use(data.key)).statusCode).toBe(200);
    const shown = await read(id);
    expect(Date.parse(shown.previous_key_retires_at) - clock.now().getTime()).toBeGreaterThan(86_390_000);
    clock.skip(86_400_000);
    expect(errorOf(await use(secret))).toMatchObject({ status: 401, code: "invalid_api_key" });
    expect((await use(data.key)).statusCode).toBe(200);
    expect((await read(id)).previous_key_prefix).toBeNull();
  });

  it("counts what both secrets do as one key's", async () => {
    const { id, secret } = await t.createKey(t.operator);
    const { data } = (await rotate(id)).json();
    const left = Number((await use(secret)).headers["x-ratelimit-remaining"]);
    expect(Number((await use(data.key)).headers["x-ratelimit-remaining"])).toBe(left - 1);
    await t.deps.usage.flush(t.deps.context);
    expect((await read(id)).total_requests).toBe(2);
  });

  it("takes no body, an empty one and a grace of none", async () => {
    const { id } = await t.createKey(t.operator);
    const headers = { cookie: t.operator.cookie, "content-type": "application/json" };
    expect((await inject(t, { method: "POST", url: `/api/v1/keys/${id}/rotate` }, headers)).statusCode).toBe(200);
    expect((await rotate(id, {})).statusCode).toBe(200);
    const { data } = (await rotate(id, { grace_seconds: 0 })).json();
    expect(data.previous_key_prefix).toBeNull();
  });

  it("refuses a grace that is out of range, a revoked key and one that is not there", async () => {
    const { id, secret } = await t.createKey(t.operator);
    for (const grace_seconds of [-1, 604_801, 0.5, "60", null]) {
      const { code, details } = errorOf(await rotate(id, { grace_seconds }));
      expect([code, details.fields[0].field]).toEqual(["invalid_parameter", "grace_seconds"]);
    }
    expect(errorOf(await rotate(unknownId))).toMatchObject({ status: 404, code: "not_found" });
    expect((await read(id)).key_prefix).toBe(secret.slice(0, 12));
    await inject(t, { method: "DELETE", url: `/api/v1/keys/${id}` }, { cookie: t.operator.cookie });
    const { code, details } = errorOf(await rotate(id));
    expect([code, details.fields[0].field]).toEqual(["invalid_parameter", "keyId"]);
  });
});

describe("updateAPIKey", () => {
  const update = (id: string, payload: object) => send("PATCH", `/api/v1/keys/${id}`, payload);

  it("changes what the body names, and the next request is decided by it", async () => {
    const { id, secret } = await t.createKey(t.operator, { expires_in_days: 30 });
    const before = await read(id);
    const response = await update(id, { name: "Renamed", allowed_ips: ["198.51.100.7"], expires_at: null });
    const { usage, ...rest } = before;
    expect(response.json()).toEqual({
      data: { ...rest, name: "Renamed", allowed_ips: ["198.51.100.7/32"], expires_at: null },
    });
    expect(errorOf(await use(secret))).toMatchObject({ status: 403, code: "ip_not_allowed" });
    expect((await use(secret, "198.51.100.7")).statusCode).toBe(200);
    await update(id, { allowed_ips: null, scopes: ["read:articles"] });
    expect(errorOf(await use(secret))).toMatchObject({ status: 403, code: "insufficient_scope" });
    clock.skip(60_000);
  });

  it("names each field that is wrong", async () => {
    const { id } = await t.createKey(t.operator);
    const payload = { name: "", scopes: ["write:all"], allowed_ips: ["1.2.3.4/33"], expires_at: "tomorrow" };
    const { code, details } = errorOf(await update(id, payload));
    expect(code).toBe("invalid_parameter");
    const fields = details.fields.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(["name", "scopes[0]", "allowed_ips[0]", "expires_at"]);
    const both = errorOf(await update(id, { expires_at: null, expires_in_days: 3 }));
    expect(both.details.fields[0].field).toBe("expires_in_days");
  });

  it("shows in the audit log what it was and what it became", async () => {
    const { id } = await t.createKey(t.operator, { name: "Before" });
    await update(id, { name: "After", allowed_ips: ["2001:db8::/32"] });
    const url = `/api/v1/audit?target=${id}&action=key.update`;
    const [event] = (await send("GET", url)).json().data;
    expect(event).toMatchObject({
      actor: { type: "user", id: t.operator.userId },
      details: {
        before: { name: "Before", allowed_ips: null },
        after: { name: "After", allowed_ips: ["2001:db8::/32"] },
      },
    });
  });

  it("leaves a revoked key as it is", async () => {
    const { id } = await t.createKey(t.operator);
    await inject(t, { method: "DELETE", url: `/api/v1/keys/${id}` }, { cookie: t.operator.cookie });
    const { status, code, details } = errorOf(await update(id, { name: "Zombie" }));
    expect([status, code, details.fields[0].field]).toEqual([400, "invalid_parameter", "keyId"]);
    expect((await read(id)).name).not.toBe("Zombie");
  });
});
