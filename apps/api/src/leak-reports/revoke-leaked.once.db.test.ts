import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock, errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { createTestToken } from "../testing/tokens";

const clock = createClock();
let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
});
afterAll(() => t.close());

const report = (payload: object, remoteAddress = "192.0.2.60") =>
  inject(t, { method: "POST", url: "/api/v1/keys/revoke-leaked", payload, remoteAddress });
const use = async (secret: string) => {
  const headers = { authorization: `Bearer ${secret}` };
  return (await inject(t, { method: "GET", url: "/api/v1/iocs/search?q=evil" }, headers)).statusCode;
};
/** The answer comes at a set time: on a slow machine the work goes on behind it. */
const isEnded = (secret: string) => expect.poll(() => use(secret)).toBe(401);
const setPolicy = (leak_policy: string, cookie = t.operator.cookie) =>
  inject(t, { method: "POST", url: "/api/trpc/leaks.setPolicy", payload: { leak_policy } }, { cookie });
const mistyped = (secret: string) => `${secret.slice(0, -1)}${secret.endsWith("a") ? "b" : "a"}`;

describe("revoke-leaked", () => {
  it("lets whoever holds secrets end them, without a login", async () => {
    const [one, two] = [await t.createKey(t.operator), await t.createKey(t.stranger)];
    const token = await createTestToken(t, t.operator);
    const response = await report({ keys: [one.secret, two.secret, token.secret], source: "https://paste.example/x" });
    expect([response.statusCode, response.json()]).toEqual([202, { data: { received: 3 } }]);
    await isEnded(one.secret);
    await isEnded(two.secret);
    const headers = { authorization: `Bearer ${token.secret}` };
    const manage = async () => (await inject(t, { method: "GET", url: "/api/v1/manage/keys" }, headers)).statusCode;
    await expect.poll(manage).toBe(401);
    const { workspaceId } = t.stranger;
    const read = () => t.deps.db.prisma.auditEvent.findMany({ where: { targetId: two.id }, orderBy: { id: "asc" } });
    await expect.poll(async () => (await read()).length).toBe(3);
    expect((await read()).slice(1)).toMatchObject([
      {
        action: "key.revoke",
        workspaceId,
        actorType: "system",
        actorName: "leak report",
        reason: "Reported as leaked",
      },
      { action: "key.leaked", workspaceId, ip: "192.0.2.60", details: { source: "https://paste.example/x" } },
    ]);
    clock.skipToMinute();
  });

  it("answers the same, after the same time, whether any secret was real", async () => {
    const { secret } = await t.createKey(t.operator);
    const timed = async (keys: string[]) => {
      const started = performance.now();
      const response = await report({ keys });
      const { date: _, "x-request-id": __, "x-ratelimit-reset": ___, ratelimit: ____, ...headers } = response.headers;
      return { ms: performance.now() - started, body: response.body, status: response.statusCode, headers };
    };
    const unknown = await timed([mistyped(secret)]);
    const real = await timed([secret]);
    const again = await timed([secret]);
    for (const answer of [real, again]) {
      expect({ ...answer, ms: 0 }).toEqual({ ...unknown, ms: 0 });
      expect(answer.ms).toBeGreaterThan(245);
    }
    expect(unknown.ms).toBeGreaterThan(245);
    await isEnded(secret);
    clock.skipToMinute();
  });

  it("takes one `key`, and nothing that is malformed for a secret", async () => {
    const { id, secret } = await t.createKey(t.operator);
    const junk = [
      "",
      "sk_live_",
      secret.slice(0, -1),
      `${secret} `,
      mistyped(secret),
      "💣",
      "'; DROP TABLE api_key; --",
    ];
    expect((await report({ keys: junk })).json()).toEqual({ data: { received: junk.length } });
    expect(await use(secret)).toBe(200);
    expect((await report({ key: secret })).json()).toEqual({ data: { received: 1 } });
    await isEnded(secret);
    const key = await t.deps.db.prisma.apiKey.findUniqueOrThrow({ where: { id } });
    expect(key.revokedReason).toBe("Reported as leaked");
    clock.skipToMinute();
  });

  it.each([
    [{}, "keys"],
    [{ keys: [] }, "keys"],
    [{ keys: Array.from({ length: 101 }, () => "x") }, "keys"],
    [{ keys: "x" }, "keys"],
    [{ keys: [1] }, "keys[0]"],
    [{ key: "x", source: "a\u0007b" }, "source"],
    [{ key: "x", source: "x".repeat(501) }, "source"],
  ])("refuses %j", async (body, field) => {
    const { status, code, details } = errorOf(await report(body));
    expect([status, code, details.fields[0].field]).toEqual([400, "invalid_parameter", field]);
  });

  it("takes 20 reports a minute from one address", async () => {
    const from = "192.0.2.61";
    const answers = await Promise.all(Array.from({ length: 25 }, () => report({ key: "x" }, from)));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(5);
    const [response] = refused;
    if (!response) throw new Error("none was refused");
    expect(errorOf(response)).toMatchObject({ code: "rate_limit_exceeded", details: { window: "minute", limit: 20 } });
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    expect((await report({ key: "x" }, "192.0.2.62")).statusCode).toBe(202);
    clock.skipToMinute();
    expect((await report({ key: "x" }, from)).statusCode).toBe(202);
  });

  it("writes no secret to the log", async () => {
    const { secret } = await t.createKey(t.operator);
    await report({ keys: [secret], source: secret });
    expect(t.lines.join("")).not.toContain(secret.slice(12));
    clock.skipToMinute();
  });
});

describe("the workspace's policy", () => {
  it("is to revoke, until an owner or admin chooses to be told alone", async () => {
    const read = async () => {
      const response = await inject(t, { method: "GET", url: "/api/trpc/me.get" }, { cookie: t.operator.cookie });
      return response.json().result.data.workspace.leak_policy;
    };
    expect(await read()).toBe("revoke");
    expect((await setPolicy("notify", t.member.cookie)).statusCode).toBe(403);
    expect((await setPolicy("nothing")).statusCode).toBe(400);
    expect((await setPolicy("notify")).statusCode).toBe(200);
    expect(await read()).toBe("notify");
    const { id, secret } = await t.createKey(t.operator);
    await report({ keys: [secret] });
    expect(await use(secret)).toBe(200);
    const told = () => t.deps.db.prisma.auditEvent.findFirst({ where: { targetId: id, action: "key.leaked" } });
    await expect.poll(async () => (await told())?.details).toMatchObject({ policy: "notify", source: null });
    await setPolicy("revoke");
    await report({ keys: [secret] });
    await isEnded(secret);
  });
});
