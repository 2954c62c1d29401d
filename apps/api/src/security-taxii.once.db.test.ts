import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TaxiiOperation, taxiiOperations } from "./taxii/operations";
import { createClock, inject, unknownId } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";
import { createTestToken } from "./testing/tokens";

const clock = createClock();
let t: TestApp;
let good: { id: string; secret: string };
let token: { secret: string };
const room = { keys: 10_000 };
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  await t.deps.db.prisma.workspace.update({ where: { id: t.operator.workspaceId }, data: { overrides: room } });
  good = await t.createKey(t.operator);
  token = await createTestToken(t, t.operator);
});
afterAll(() => t.close());

// The marking of TLP:CLEAR is in every collection, whatever else is.
const marking = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";

function requestOf({ method, path }: Pick<TaxiiOperation, "method" | "path">): InjectOptions & { url: string } {
  return {
    method,
    url: path.replace(":collection", "all").replace(":object", marking).replace(":status", unknownId),
  };
}

/** What a good key is answered. */
function statusOf({ operationId }: { operationId: string }): number {
  if (operationId === "getTAXIIStatus") return 404;
  return operationId === "addTAXIIObjects" || operationId === "deleteTAXIIObject" ? 403 : 200;
}

function errorOf(response: LightMyRequestResponse) {
  const { error_code, http_status, error_id, details } = response.json();
  expect(response.headers["content-type"]).toBe("application/taxii+json;version=2.1");
  expect([http_status, error_id]).toEqual([String(response.statusCode), response.headers["x-request-id"]]);
  for (const name of ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "ratelimit-policy"]) {
    expect(response.headers[name], name).toBeDefined();
  }
  if (response.statusCode === 401) expect(response.headers["www-authenticate"]).toBeDefined();
  return { status: response.statusCode, code: error_code, details };
}

describe.each(taxiiOperations.map((operation) => [operation.operationId, operation] as const))("%s", (_, operation) => {
  const ask = (headers: Record<string, string>, request: InjectOptions = {}) =>
    inject(t, { ...requestOf(operation), ...request }, headers);
  const refused = async (secret: string | null) => errorOf(await ask(secret === null ? {} : bearer(secret)));

  it("lets a good key in by every way of showing one", async () => {
    const { secret } = good;
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    const ways = [bearer(secret), { "x-api-key": secret }, { authorization: `Token ${secret}` }, basic(`a:${secret}`)];
    for (const headers of [...ways, basic(`${secret}:`), { authorization: `basic ${secret}` }]) {
      expect((await ask(headers as Record<string, string>)).statusCode).toBe(statusOf(operation));
    }
    const byQuery = await ask({}, { url: `${requestOf(operation).url}?api_key=${secret}` });
    expect([byQuery.statusCode, byQuery.headers["cache-control"]]).toEqual([statusOf(operation), "no-store"]);
    clock.skipToMinute();
  });

  it("refuses none, a wrong, a mistyped, a revoked and an expired one", async () => {
    const [revoked, expired] = [await t.createKey(t.operator), await t.createKey(t.operator)];
    const { apiKey } = t.deps.db.prisma;
    await apiKey.update({ where: { id: revoked.id }, data: { revokedAt: clock.now() } });
    await apiKey.update({ where: { id: expired.id }, data: { expiresAt: clock.now() } });
    const invalid = { status: 401, code: "invalid_api_key" };
    expect(await refused(null)).toMatchObject({ status: 401, code: "missing_api_key" });
    const last = good.secret.endsWith("a") ? "b" : "a";
    for (const wrong of [`${good.secret.slice(0, -1)}${last}`, "sk_live_short", "x".repeat(5_000), revoked.secret]) {
      expect(await refused(wrong)).toMatchObject(invalid);
    }
    expect(await refused(expired.secret)).toMatchObject({ status: 401, code: "expired_api_key" });
    clock.skipToMinute();
  });

  it("refuses one without the scope, without the tier, from another address", async () => {
    const other = await t.createKey(t.operator, { scopes: ["read:iocs"] });
    const fixed = await t.createKey(t.operator, { allowed_ips: ["198.51.100.0/24"] });
    const free = await t.createKey(t.stranger);
    expect(await refused(other.secret)).toEqual({
      status: 403,
      code: "insufficient_scope",
      details: { scope: "read:stix" },
    });
    expect(await refused(fixed.secret)).toMatchObject({ status: 403, code: "ip_not_allowed" });
    const inside = await ask(bearer(fixed.secret), { remoteAddress: "198.51.100.9" });
    expect(inside.statusCode).toBe(statusOf(operation));
    expect(await refused(free.secret)).toMatchObject({ status: 403, code: "tier_required" });
    await t.deps.db.prisma.apiKey.deleteMany({ where: { id: free.id } });
    clock.skipToMinute();
  });

  it("takes no session and no management token in its place", async () => {
    expect(errorOf(await ask({ cookie: t.operator.cookie }))).toMatchObject({ status: 401, code: "missing_api_key" });
    expect(await refused(token.secret)).toMatchObject({ status: 401, code: "invalid_api_key" });
    clock.skipToMinute();
  });

  it("refuses the request after the last, which costs nothing", async () => {
    const key = await t.createKey(t.operator);
    const limits = { perMinute: 1_000, perDay: 1_000_000 };
    const { cost } = operation.access;
    await t.deps.limiter.charge(`key:${key.id}`, limits, 1_000 - cost, clock.now());
    const last = await ask(bearer(key.secret));
    expect([last.statusCode, last.headers["x-ratelimit-remaining"]]).toEqual([statusOf(operation), "0"]);
    const response = await ask(bearer(key.secret));
    expect(errorOf(response)).toMatchObject({ status: 429, code: "rate_limit_exceeded", details: { limit: 1_000 } });
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    const { perDay } = await t.deps.limiter.peek(`key:${key.id}`, limits, clock.now());
    expect(perDay?.remaining).toBe(999_000);
    clock.skipToMinute();
  });

  it("answers 503 in its own shape while the process drains", async () => {
    t.deps.state.draining = true;
    const response = await ask(bearer(good.secret));
    t.deps.state.draining = false;
    expect(errorOf(response)).toMatchObject({ status: 503, code: "service_unavailable" });
  });
});

it("logs no key that TAXII's ways bring", async () => {
  const { secret } = good;
  const text = Buffer.from(`anyone:${secret}`).toString("base64");
  for (const authorization of [`Basic ${text}`, `basic ${secret}`, `Token ${secret}`]) {
    await inject(t, { url: "/taxii2/" }, { authorization });
    await inject(t, { url: `/taxii2?api_key=${secret}` }, { authorization });
  }
  await inject(t, { url: `/api/taxii2/api/collections/${secret}/objects` });
  const log = t.lines.join("");
  expect(log).toContain("/taxii2?api_key=[redacted]");
  expect(log).not.toContain(secret.slice(12));
  expect(log).not.toContain(text);
});
