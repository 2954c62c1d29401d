import { hasRight, type Role } from "@tocsin/core/access";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addArticle, addIndicator, addRecords, addWatchlist } from "./testing/records";
import {
  createClock,
  errorOf,
  goodRequest,
  guardedProcedures,
  inject,
  keyRoutes,
  origin,
  sessionRoutes,
  tokenRoutes,
  trpcErrorOf,
  trpcRequest,
  unknownId,
} from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";
import { createTestToken } from "./testing/tokens";

const clock = createClock();
let t: TestApp;
let good: { id: string; secret: string };
let token: { id: string; secret: string };
/** Every test makes keys of its own. */
const room = { keys: 10_000 };
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

type Route = (typeof sessionRoutes)[number];
const named = (routes: readonly Route[]) => routes.map((route) => [route.rest.operationId, route] as const);
const writes = ({ rest }: Route) => rest.method !== "GET";
const namesKey = ({ rest }: Route) => rest.path.includes(":keyId");
const namesNoKey = (route: Route) => !namesKey(route);

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  await t.deps.db.prisma.workspace.update({ where: { id: t.operator.workspaceId }, data: { overrides: room } });
  good = await t.createKey(t.operator);
  await addRecords(t, [{ value: "evil.example.org" }]);
  await addArticle(t);
  await addWatchlist(t, t.operator.workspaceId);
  await addIndicator(t, t.operator.workspaceId);
  token = await createTestToken(t, t.operator);
});
afterAll(() => t.close());

describe.each(keyRoutes.map((route) => [route.rest.operationId, route] as const))("%s takes a key", (_id, route) => {
  const refused = async (secret: string | null, request: InjectOptions = {}) =>
    errorOf(await inject(t, { ...goodRequest(route), ...request }, secret === null ? {} : bearer(secret)));

  it("and lets a good one in by each of its three ways", async () => {
    const request = goodRequest(route);
    const query = `${request.url}${request.url.includes("?") ? "&" : "?"}api_key=${good.secret}`;
    expect((await inject(t, request, bearer(good.secret))).statusCode).toBe(200);
    expect((await inject(t, request, { "x-api-key": good.secret })).statusCode).toBe(200);
    const byQuery = await inject(t, { ...request, url: query });
    expect([byQuery.statusCode, byQuery.headers["cache-control"]]).toEqual([200, "no-store"]);
  });

  it("and reads the header before the query", async () => {
    const request = goodRequest(route);
    const url = `${request.url}${request.url.includes("?") ? "&" : "?"}api_key=${good.secret}`;
    expect(await refused("sk_live_wrong", { url, remoteAddress: "192.0.2.1" })).toMatchObject({
      code: "invalid_api_key",
    });
    clock.skipToMinute();
  });

  it("and refuses none, a wrong, a mistyped, a revoked and an expired one", async () => {
    const revoked = await t.createKey(t.operator);
    const expired = await t.createKey(t.operator);
    await t.deps.db.prisma.apiKey.update({ where: { id: revoked.id }, data: { revokedAt: clock.now() } });
    await t.deps.db.prisma.apiKey.update({ where: { id: expired.id }, data: { expiresAt: clock.now() } });
    const invalid = { status: 401, code: "invalid_api_key" };
    expect(await refused(null)).toMatchObject({ status: 401, code: "missing_api_key" });
    expect(await refused(mistype(good.secret))).toMatchObject(invalid);
    expect(await refused("sk_live_short")).toMatchObject(invalid);
    expect(await refused("x".repeat(5_000))).toMatchObject(invalid);
    expect(await refused(revoked.secret)).toMatchObject(invalid);
    expect(await refused(expired.secret)).toMatchObject({ status: 401, code: "expired_api_key" });
    clock.skipToMinute();
  });

  it("and refuses one without the scope, without the tier, from another address", async () => {
    const scope = route.access.by === "key" ? route.access.scope : null;
    const unfit = scope === "read:articles" ? "read:stix" : "read:articles";
    const other = await t.createKey(t.operator, { scopes: [unfit] });
    const fixed = await t.createKey(t.operator, { allowed_ips: ["198.51.100.0/24"] });
    expect(await refused(other.secret)).toMatchObject({
      status: 403,
      code: "insufficient_scope",
      details: { scope },
    });
    expect(await refused(fixed.secret)).toMatchObject({ status: 403, code: "ip_not_allowed" });
    const inside = await inject(t, { ...goodRequest(route), remoteAddress: "198.51.100.9" }, bearer(fixed.secret));
    expect(inside.statusCode).toBe(200);
    await withOverrides(t.operator.workspaceId, { scopes: [unfit] }, async () => {
      expect(await refused(good.secret)).toMatchObject({ status: 403, code: "tier_required" });
    });
    clock.skipToMinute();
  });

  it("and no session and no management token in its place", async () => {
    const response = await inject(t, goodRequest(route), { cookie: t.operator.cookie });
    expect(errorOf(response)).toMatchObject({ status: 401, code: "missing_api_key" });
    expect(await refused(token.secret)).toMatchObject({ status: 401, code: "invalid_api_key" });
    clock.skipToMinute();
  });

  it("and refuses the request after the last, which costs nothing", async () => {
    const key = await t.createKey(t.operator);
    const limits = { perMinute: 1_000, perDay: 1_000_000 };
    await t.deps.limiter.charge(`key:${key.id}`, limits, 999, clock.now());
    const last = await inject(t, goodRequest(route), bearer(key.secret));
    expect([last.statusCode, last.headers["x-ratelimit-remaining"]]).toEqual([200, "0"]);
    const response = await inject(t, goodRequest(route), bearer(key.secret));
    expect(errorOf(response)).toMatchObject({
      status: 429,
      code: "rate_limit_exceeded",
      details: { window: "minute", limit: 1_000 },
    });
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    const { perDay } = await t.deps.limiter.peek(`key:${key.id}`, limits, clock.now());
    expect(perDay?.remaining).toBe(999_000);
    clock.skipToMinute();
    expect((await inject(t, goodRequest(route), bearer(key.secret))).statusCode).toBe(200);
  });
});

describe.each(named(sessionRoutes))("%s takes a session", (_id, route) => {
  it("and neither none, nor a made-up one, nor a key", async () => {
    const request = goodRequest(route, good.id);
    expect(errorOf(await inject(t, request))).toMatchObject({ status: 401, code: "missing_session" });
    const made = await inject(t, request, { cookie: "sb-access-token=abc.def" });
    expect(errorOf(made)).toMatchObject({ status: 401, code: "invalid_session" });
    for (const headers of [bearer(good.secret), { "x-api-key": good.secret }, bearer(token.secret)]) {
      expect(errorOf(await inject(t, request, headers))).toMatchObject({ status: 401, code: "missing_session" });
    }
  });

  it("and six hundred a minute", async () => {
    await t.deps.limiter.charge(`user:${t.member.userId}`, { perMinute: 600, perDay: null }, 600, clock.now());
    const response = await inject(t, goodRequest(route, unknownId), { cookie: t.member.cookie });
    expect(errorOf(response)).toMatchObject(
      route.access.by === "session" && route.access.right && !hasRight("analyst", route.access.right)
        ? { status: 403, code: "insufficient_role" }
        : { status: 429, code: "rate_limit_exceeded", details: { window: "minute", limit: 600 } },
    );
    clock.skipToMinute();
  });
});

describe.each(named(sessionRoutes.filter(writes)))("%s, which writes by a session,", (_id, route) => {
  it("refuses what another site's page sends", async () => {
    const request = goodRequest(route, good.id);
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ]) {
      const response = await inject(t, request, { cookie: t.operator.cookie, ...headers } as Record<string, string>);
      expect(errorOf(response)).toMatchObject({ status: 403, code: "cross_site_request" });
    }
    const key = await t.deps.db.prisma.apiKey.findUniqueOrThrow({ where: { id: good.id } });
    expect(key.revokedAt).toBeNull();
  });
});

describe.each(named(sessionRoutes.filter(namesKey)))("%s, which names a key,", (_id, route) => {
  it("answers about a key of another workspace as about none", async () => {
    const headers = { cookie: t.stranger.cookie };
    const response = await inject(t, goodRequest(route, good.id), headers);
    const unknown = await inject(t, goodRequest(route, unknownId), headers);
    expect(errorOf(response)).toEqual(errorOf(unknown));
    expect(errorOf(response)).toMatchObject({ status: 404, code: "not_found" });
  });
});

describe.each(named(sessionRoutes.filter(namesNoKey)))("%s, which names no key,", (_id, route) => {
  it("shows no key of another workspace", async () => {
    const response = await inject(t, goodRequest(route), { cookie: t.stranger.cookie });
    expect(response.body).not.toContain(good.id);
  });
});

/** What there is only where a policy wants a second person (key-requests.once.db.test.ts): let in, they find nothing here. */
const ofRequests = new Set(["requestManagedKey", "getManagedKeyRequest", "collectManagedKey"]);

describe.each(named(tokenRoutes))("%s takes a token", (id, route) => {
  const letIn = ofRequests.has(id) ? [400, 404] : [200, 201];
  const scope = route.access.by === "token" ? route.access.scope : "";
  const other = scope === "manage:keys:read" ? "manage:keys:write" : "manage:keys:read";
  const send = (secret: string | null, keyId = unknownId, request: InjectOptions = {}) =>
    inject(t, { ...goodRequest(route, keyId), ...request }, secret === null ? {} : bearer(secret));
  const refused = async (...args: Parameters<typeof send>) => errorOf(await send(...args));

  it("and lets a good one in, by the Authorization header alone", async () => {
    const key = await t.createKey(t.operator);
    const { secret } = await createTestToken(t, t.operator, { scopes: [scope as "manage:keys:read"] });
    expect(letIn).toContain((await send(secret, key.id)).statusCode);
    const { url, ...request } = goodRequest(route, key.id);
    expect(errorOf(await inject(t, { ...request, url }, { "x-api-key": secret }))).toMatchObject({
      status: 401,
      code: "missing_token",
    });
    expect(errorOf(await inject(t, { ...request, url: `${url}?api_key=${secret}&token=${secret}` }))).toMatchObject({
      status: 401,
      code: "missing_token",
    });
  });

  it("and refuses none, a wrong, a mistyped, a revoked and an expired one", async () => {
    const revoked = await createTestToken(t, t.operator);
    const expired = await createTestToken(t, t.operator);
    const { managementToken } = t.deps.db.prisma;
    expect((await send(revoked.secret)).statusCode).not.toBe(401);
    const payload = { token_id: revoked.id };
    await inject(t, { method: "POST", url: "/api/trpc/tokens.revoke", payload }, { cookie: t.operator.cookie });
    await managementToken.update({ where: { id: expired.id }, data: { expiresAt: clock.now() } });
    const invalid = { status: 401, code: "invalid_token" };
    expect(await refused(null)).toMatchObject({ status: 401, code: "missing_token" });
    expect(await refused(mistype(token.secret))).toMatchObject(invalid);
    expect(await refused("sk_manage_short")).toMatchObject(invalid);
    expect(await refused("x".repeat(5_000))).toMatchObject(invalid);
    expect(await refused(revoked.secret)).toMatchObject(invalid);
    expect(await refused(expired.secret)).toMatchObject({ status: 401, code: "expired_token" });
    clock.skipToMinute();
  });

  it("and neither a key nor a session in its place", async () => {
    expect(await refused(good.secret, good.id)).toMatchObject({ status: 401, code: "invalid_token" });
    const response = await inject(t, goodRequest(route, good.id), { cookie: t.operator.cookie });
    expect(errorOf(response)).toMatchObject({ status: 401, code: "missing_token" });
    clock.skipToMinute();
  });

  it("and refuses one without the scope, and from another address", async () => {
    const lesser = await createTestToken(t, t.operator, { scopes: [other] });
    const fixed = await createTestToken(t, t.operator, { allowed_ips: ["198.51.100.0/24"] });
    const lacking = { status: 403, code: "insufficient_scope", details: { scope } };
    expect(await refused(lesser.secret, good.id)).toMatchObject(lacking);
    expect(await refused(fixed.secret, good.id)).toMatchObject({ status: 403, code: "ip_not_allowed" });
    const inside = await send(fixed.secret, unknownId, { remoteAddress: "198.51.100.9" });
    expect([...letIn, 404]).toContain(inside.statusCode);
    clock.skipToMinute();
  });

  it("and three hundred a minute", async () => {
    const { id, secret } = await createTestToken(t, t.operator);
    await t.deps.limiter.charge(`token:${id}`, { perMinute: 300, perDay: null }, 300, clock.now());
    expect(await refused(secret)).toMatchObject({
      status: 429,
      code: "rate_limit_exceeded",
      details: { limit: 300 },
    });
    clock.skipToMinute();
  });

  it("and is not for the dashboard", async () => {
    for (const headers of [{ cookie: t.operator.cookie }, bearer(token.secret)]) {
      const response = await inject(t, trpcRequest(route, { keyId: good.id }), headers as Record<string, string>);
      expect(trpcErrorOf(response)).toEqual({ status: 401, code: "missing_token" });
    }
  });
});

describe.each(named(tokenRoutes.filter(namesKey)))("%s, which names a key,", (_id, route) => {
  it("answers a token of another workspace as about none, and changes nothing", async () => {
    const headers = bearer((await createTestToken(t, t.stranger)).secret);
    const response = await inject(t, goodRequest(route, good.id), headers);
    const unknown = await inject(t, goodRequest(route, unknownId), headers);
    expect(errorOf(response)).toEqual(errorOf(unknown));
    expect(errorOf(response)).toMatchObject({ status: 404, code: "not_found" });
  });
});

describe.each(named(tokenRoutes.filter(namesNoKey)))("%s, which names no key,", (_id, route) => {
  it("shows a token no key of another workspace", async () => {
    const { secret } = await createTestToken(t, t.stranger);
    const response = await inject(t, goodRequest(route), bearer(secret));
    expect(response.body).not.toContain(good.id);
  });
});

const procedures = guardedProcedures.map((procedure) => [procedure.name, procedure] as const);
const setRole = (role: Role) =>
  t.deps.db.prisma.member.updateMany({ where: { userId: t.member.userId }, data: { role } });
const withRole = procedures.filter(([, { access: a }]) => a.by === "session" && (a.operator || a.right));
const writing = procedures.filter(([, { type }]) => type !== "query");

describe.each(procedures)("the dashboard's %s", (_name, procedure) => {
  it("takes a session alone", async () => {
    const request = trpcRequest(procedure);
    expect(trpcErrorOf(await inject(t, request))).toEqual({ status: 401, code: "missing_session" });
    expect(trpcErrorOf(await inject(t, request, bearer(good.secret)))).toEqual({
      status: 401,
      code: "missing_session",
    });
    const made = await inject(t, request, { cookie: "sb-access-token=abc.def" });
    expect(trpcErrorOf(made)).toEqual({ status: 401, code: "invalid_session" });
  });
});

describe.each(withRole)("the dashboard's %s, which asks for a role,", (_name, procedure) => {
  it("refuses a role that is too low", async () => {
    await setRole("viewer");
    const response = await inject(t, trpcRequest(procedure), { cookie: t.member.cookie });
    await setRole("analyst");
    expect(trpcErrorOf(response)).toEqual({ status: 403, code: "insufficient_role" });
  });
});

describe.each(writing)("the dashboard's %s, which writes,", (_name, procedure) => {
  it("refuses what another site's page sends", async () => {
    const headers = { cookie: t.operator.cookie, origin: "https://evil.example" };
    const response = await inject(t, trpcRequest(procedure, { keyId: good.id }), headers);
    expect(trpcErrorOf(response)).toEqual({ status: 403, code: "cross_site_request" });
  });
});

describe("the gate", () => {
  it("lets the dashboard's own page change things, under each name of its host", async () => {
    const spare = await t.createKey(t.operator);
    const request = { method: "DELETE", url: `/api/v1/keys/${spare.id}` } as const;
    for (const headers of [
      { origin },
      { origin: "http://localhost:8080", host: "localhost:8080" },
      { "sec-fetch-site": "same-origin" },
    ]) {
      const response = await inject(t, request, { cookie: t.operator.cookie, ...headers } as Record<string, string>);
      expect(response.statusCode).toBe(200);
    }
  });

  it("refuses a session whose workspace is suspended, and its keys", async () => {
    const suspend = (at: Date | null) =>
      t.deps.db.prisma.workspace.update({ where: { id: t.stranger.workspaceId }, data: { suspendedAt: at } });
    const key = await t.createKey(t.stranger);
    await suspend(clock.now());
    const session = await inject(t, { method: "GET", url: "/api/v1/keys" }, { cookie: t.stranger.cookie });
    expect(errorOf(session)).toMatchObject({ status: 401, code: "invalid_session" });
    const keyed = await inject(t, { method: "GET", url: "/api/v1/iocs/search?q=evil" }, bearer(key.secret));
    expect(errorOf(keyed)).toMatchObject({ status: 401, code: "invalid_api_key" });
    await suspend(null);
  });

  it("writes who was turned away to their workspace's audit log", async () => {
    const key = await t.createKey(t.operator, { scopes: ["read:articles"], name: "Too little" });
    await inject(t, { method: "GET", url: "/api/v1/iocs/search?q=evil" }, bearer(key.secret));
    await t.writeDenials();
    const found = await t.deps.db.prisma.auditEvent.findFirst({
      where: { actorId: key.id, action: "access.denied" },
      select: { workspaceId: true, outcome: true, reason: true },
    });
    expect(found).toMatchObject({
      workspaceId: t.operator.workspaceId,
      outcome: "denied",
      reason: "insufficient_scope",
    });
  });

  it("answers 503 in the envelope while the process drains", async () => {
    t.deps.state.draining = true;
    const response = await inject(t, { method: "GET", url: "/api/v1/iocs" }, bearer(good.secret));
    const ready = await inject(t, { method: "GET", url: "/readyz" });
    const alive = await inject(t, { method: "GET", url: "/healthz" });
    t.deps.state.draining = false;
    expect(errorOf(response)).toMatchObject({ status: 503, code: "service_unavailable" });
    expect([ready.statusCode, alive.statusCode]).toEqual([503, 200]);
  });

  it("tells a wrong method from a wrong path", async () => {
    const method = await inject(t, { method: "PUT", url: `/api/v1/keys/${good.id}` });
    expect(errorOf(method)).toMatchObject({ status: 405, code: "method_not_allowed" });
    expect(method.headers.allow).toBe("DELETE, GET, HEAD, PATCH");
    expect(errorOf(await inject(t, { method: "GET", url: "/api/v1/nothing" }))).toMatchObject({
      status: 404,
      code: "not_found",
    });
  });
});

function mistype(secret: string): string {
  const last = secret.at(-1) === "a" ? "b" : "a";
  return `${secret.slice(0, -1)}${last}`;
}

async function withOverrides(workspaceId: string, overrides: object, work: () => Promise<void>): Promise<void> {
  const { workspace } = t.deps.db.prisma;
  await workspace.update({ where: { id: workspaceId }, data: { overrides: { ...room, ...overrides } } });
  await work();
  await workspace.update({ where: { id: workspaceId }, data: { overrides: room } });
}
