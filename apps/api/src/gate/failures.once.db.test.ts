import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock, errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { createTestToken } from "../testing/tokens";

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const clock = createClock();
let t: TestApp;
let good: { id: string; secret: string };
let token: { id: string; secret: string };

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  good = await t.createKey(t.operator);
  token = await createTestToken(t, t.operator);
  clock.skipToMinute();
});
afterAll(() => t.close());

describe("an address that keeps failing", () => {
  it("is refused what fails, and nothing that is good, known before or not", async () => {
    const request = { method: "GET", url: "/api/v1/iocs/search?q=evil" } as const;
    const from = (remoteAddress: string, secret: string) => inject(t, { ...request, remoteAddress }, bearer(secret));
    const revoked = await t.createKey(t.operator);
    await t.deps.db.prisma.apiKey.update({ where: { id: revoked.id }, data: { revokedAt: clock.now() } });
    for (let i = 0; i < 30; i += 1) await from("203.0.113.5", revoked.secret);
    const refused = await from("203.0.113.5", revoked.secret);
    expect(errorOf(refused)).toMatchObject({ status: 429, code: "too_many_failed_attempts" });
    expect(refused.headers["retry-after"]).toBeDefined();
    expect(errorOf(await from("203.0.113.5", "sk_live_guess"))).toMatchObject({ code: "too_many_failed_attempts" });
    const fresh = await t.createKey(t.operator);
    expect((await from("203.0.113.5", good.secret)).statusCode).toBe(200);
    expect((await from("203.0.113.5", fresh.secret)).statusCode).toBe(200);
    expect(errorOf(await from("203.0.113.6", revoked.secret))).toMatchObject({ code: "invalid_api_key" });
    clock.skipToMinute();
    expect(errorOf(await from("203.0.113.5", revoked.secret))).toMatchObject({ code: "invalid_api_key" });
  });

  it("may still use a management token", async () => {
    const request = { method: "GET", url: "/api/v1/manage/keys", remoteAddress: "203.0.113.7" } as const;
    for (let i = 0; i < 31; i += 1) await inject(t, request, bearer("tk_live_guess"));
    expect(errorOf(await inject(t, request, bearer("tk_live_guess")))).toMatchObject({
      status: 429,
      code: "too_many_failed_attempts",
    });
    expect((await inject(t, request, bearer(token.secret))).statusCode).toBe(200);
    clock.skipToMinute();
  });
});
