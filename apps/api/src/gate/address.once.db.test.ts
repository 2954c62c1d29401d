import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock, errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

const clock = createClock();
const proxy = "10.0.0.1";
let t: TestApp;
let bare: TestApp;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now, env: { TOCSIN_TRUST_PROXY: "10.0.0.0/8,2001:db8:ffff::/48" } });
  bare = await buildTestApp({ now: clock.now });
  // Keys are answered from memory here, as on a node that runs.
  t.deps.verifier.start();
  bare.deps.verifier.start();
});
afterAll(async () => {
  for (const { deps, close } of [t, bare]) {
    await deps.verifier.stop();
    await close();
  }
});

type From = { peer: string; forwarded?: string };
async function use(app: TestApp, secret: string, { peer, forwarded }: From) {
  const request = { method: "GET", url: "/api/v1/iocs/search?q=evil", remoteAddress: peer } as const;
  return inject(app, request, {
    "x-api-key": secret,
    ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }),
  });
}
async function codeOf(app: TestApp, secret: string, from: From): Promise<string> {
  const response = await use(app, secret, from);
  return response.statusCode === 200 ? "usable" : errorOf(response).code;
}

describe("a key that works from 198.51.100.0/24 and 2001:db8:1::/48", () => {
  const allowed_ips = ["198.51.100.0/24", "2001:db8:1::/48"];

  it.each<[string, From, string]>([
    ["inside", { peer: "198.51.100.7" }, "usable"],
    ["inside, as an IPv4-mapped address", { peer: "::ffff:198.51.100.7" }, "usable"],
    ["inside, IPv6", { peer: "2001:db8:1::7" }, "usable"],
    ["outside", { peer: "203.0.113.9" }, "ip_not_allowed"],
    ["outside, IPv6", { peer: "2001:db8:2::7" }, "ip_not_allowed"],
    ["outside, with an invented header", { peer: "203.0.113.9", forwarded: "198.51.100.7" }, "ip_not_allowed"],
    ["inside, behind a trusted proxy", { peer: proxy, forwarded: "198.51.100.7" }, "usable"],
    ["outside, behind a trusted proxy", { peer: proxy, forwarded: "203.0.113.9" }, "ip_not_allowed"],
    ["inside, behind two", { peer: proxy, forwarded: "198.51.100.7, 10.2.3.4" }, "usable"],
    ["inside, behind an IPv6 proxy", { peer: "2001:db8:ffff::1", forwarded: "2001:db8:1::7" }, "usable"],
    ["inside, mapped, behind a mapped proxy", { peer: "::ffff:10.0.0.1", forwarded: "::ffff:198.51.100.7" }, "usable"],
    ["outside, with an invented first hop", { peer: proxy, forwarded: "198.51.100.7, 203.0.113.9" }, "ip_not_allowed"],
    [
      "invented hops on both sides",
      { peer: proxy, forwarded: "198.51.100.7, 203.0.113.9, 10.9.9.9" },
      "ip_not_allowed",
    ],
    ["a proxy that names nobody", { peer: proxy }, "ip_not_allowed"],
    ["a proxy that names nonsense", { peer: proxy, forwarded: "unknown" }, "ip_not_allowed"],
    ["nonsense before the proxy", { peer: proxy, forwarded: "198.51.100.7, nonsense" }, "ip_not_allowed"],
  ])("%s", async (_name, from, expected) => {
    const { secret } = await t.createKey(t.operator, { allowed_ips });
    // The second is answered from memory.
    expect([await codeOf(t, secret, from), await codeOf(t, secret, from)]).toEqual([expected, expected]);
    clock.skipToMinute();
  });

  it("believes no header where no proxy is trusted", async () => {
    const { secret } = await bare.createKey(bare.operator, { allowed_ips });
    expect(await codeOf(bare, secret, { peer: proxy, forwarded: "198.51.100.7" })).toBe("ip_not_allowed");
    expect(await codeOf(bare, secret, { peer: "198.51.100.7", forwarded: "203.0.113.9" })).toBe("usable");
    clock.skipToMinute();
  });
});

it("a refused address burns nothing of the key's quota", async () => {
  const { id, secret } = await t.createKey(t.operator, { allowed_ips: ["198.51.100.0/24"] });
  const first = await use(t, secret, { peer: "198.51.100.7" });
  for (let i = 0; i < 5; i++) expect(await codeOf(t, secret, { peer: "203.0.113.9" })).toBe("ip_not_allowed");
  const limits = { perMinute: 1_000, perDay: 1_000_000 };
  const { perMinute, perDay } = await t.deps.limiter.peek(`key:${id}`, limits, clock.now());
  expect([perMinute?.remaining, perDay?.remaining]).toEqual([999, 999_999]);
  expect(first.headers["x-ratelimit-remaining"]).toBe("999");
  await t.deps.usage.flush(t.deps.context);
  const { totalRequests } = await t.deps.db.prisma.apiKey.findUniqueOrThrow({ where: { id } });
  expect(Number(totalRequests)).toBe(1);
});
