import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tiers } from "@tocsin/core/access";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addRecords } from "../testing/records";
import { createClock, errorOf, inject, trpcErrorOf } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const clock = createClock();
const records = 4_000;
let t: TestApp;
let key: { id: string; secret: string };
let port: number;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now, env: { TOCSIN_WRITE_TIMEOUT: "5" } });
  // Long values, so that a client that reads nothing fills what the system keeps for it.
  const values = Array.from({ length: records }, (_, n) => ({
    value: `http://malware.example/${n}/${"x".repeat(1_500)}`,
    tags: ["botnet"],
  }));
  await addRecords(t, values);
  key = await t.createKey(t.operator);
  await t.app.listen({ host: "127.0.0.1", port: 0 });
  port = (t.app.server.address() as AddressInfo).port;
});
afterAll(() => t.close());
beforeEach(() => clock.skipToMinute());

const url = `/api/v1/iocs/stix?limit=${records}`;
const { pro } = tiers;

/** An answer whose body is not read. */
async function open(path: string): Promise<http.IncomingMessage> {
  const request = http.get({ host: "127.0.0.1", port, path, headers: bearer(key.secret), agent: false });
  request.on("error", () => {});
  const [answer] = (await once(request, "response")) as [http.IncomingMessage];
  answer.on("error", () => {});
  return answer;
}

const limits = { perMinute: pro.requestsPerMinute, perDay: pro.requestsPerDay };
const left = async () => (await t.deps.limiter.peek(`key:${key.id}`, limits, clock.now())).perMinute.remaining;

it("gives back the slots of a client that went while it was asked who calls", async () => {
  const { slots } = t.deps;
  const { take } = slots;
  let taken = 0;
  slots.take = (bounds) => {
    taken += 1;
    return take(bounds);
  };
  const hangUp = (request: http.IncomingMessage) => request.socket.destroy();
  t.app.server.on("request", hangUp);
  for (let n = 0; n < 5; n++) {
    const path = "/api/trpc/me.get";
    const request = http.get({ host: "127.0.0.1", port, path, headers: { cookie: t.operator.cookie }, agent: false });
    await once(request, "error");
  }
  t.app.server.off("request", hangUp);
  await expect.poll(() => taken).toBe(5);
  await expect.poll(() => slots.size()).toBe(0);
  slots.take = take;
});

describe("exports at once", () => {
  it("are refused beyond the tier's, for nothing, and taken again when one is given up", async () => {
    const running = await Promise.all(Array.from({ length: pro.exportsAtOnce }, () => open(url)));
    expect(running.map(({ statusCode }) => statusCode)).toEqual(running.map(() => 200));
    const before = await left();
    for (const path of [
      url,
      "/api/v1/iocs?format=csv",
      "/api/v1/misp/hashes.csv",
      "/api/taxii2/api/collections/all/objects/",
    ]) {
      const refused = await inject(t, { method: "GET", url: path }, bearer(key.secret));
      expect(refused.statusCode, path).toBe(429);
      expect(refused.body).toContain("concurrency_limit_exceeded");
      expect(refused.headers).toMatchObject({ "x-concurrency-limit": String(pro.exportsAtOnce), "retry-after": "1" });
    }
    expect(errorOf(await inject(t, { method: "GET", url }, bearer(key.secret)))).toMatchObject({
      code: "concurrency_limit_exceeded",
      details: { of: "key", kind: "exports", limit: pro.exportsAtOnce },
    });
    expect(await left()).toBe(before);
    const lookup = await inject(t, { method: "GET", url: "/api/v1/lookup?ioc=a.example" }, bearer(key.secret));
    expect(lookup.statusCode).toBe(200);
    running[0]?.destroy();
    await expect.poll(async () => (await inject(t, { method: "GET", url }, bearer(key.secret))).statusCode).toBe(200);
    for (const one of running) one.destroy();
    await expect.poll(() => t.deps.slots.size()).toBe(0);
  });

  it("of a client that reads nothing end by themselves, and are counted as used", async () => {
    const unread = await open(url);
    unread.socket.pause();
    await t.deps.usage.flush(t.deps.context);
    await expect.poll(() => t.deps.slots.used(`key:${key.id}`, "exports"), { timeout: 55_000 }).toBe(0);
    expect(t.lines.join("")).toContain("a client does not read its answer");
    expect(t.deps.usage.pending()).toBeGreaterThan(0);
    unread.destroy();
  });
});

describe("requests at once", () => {
  const fill = (subject: string, most: number) => {
    const bound = { of: "key", kind: "requests", subject, most } as const;
    const taken = Array.from({ length: most }, () => t.deps.slots.take([bound]));
    return () => {
      for (const one of taken) if (one.ok) one.release();
    };
  };
  const asked = async (
    path: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; body: string; limit: unknown }> => {
    const response = await inject(t, { method: "GET", url: path }, headers);
    return { status: response.statusCode, body: response.body, limit: response.headers["x-concurrency-limit"] };
  };

  it.each([
    ["a key", (): string => `key:${key.id}`, pro.requestsAtOnce],
    ["a workspace", (): string => `workspace:${t.operator.workspaceId}`, pro.workspaceRequestsAtOnce],
    ["an address", (): string => "address:127.0.0.1", 200],
  ] as const)("of %s are bounded, whatever the transport", async (_what, subject, most) => {
    const paths = ["/api/v1/lookup?ioc=a.example", "/api/v1/iocs", "/taxii2/", "/api/v1/misp/manifest.json"];
    await expect.poll(() => t.deps.slots.size()).toBe(0);
    const release = fill(subject(), most);
    for (const path of paths) {
      const answer = await asked(path, bearer(key.secret));
      expect(answer, path).toMatchObject({ status: 429, limit: String(most) });
      expect(answer.body).toContain("concurrency_limit_exceeded");
    }
    release();
    for (const path of paths) expect((await asked(path, bearer(key.secret))).status, path).toBe(200);
  });

  it("of a person are bounded in the dashboard and its exports", async () => {
    const { cookie, userId } = t.operator;
    await expect.poll(() => t.deps.slots.size()).toBe(0);
    const release = fill(`user:${userId}`, pro.requestsAtOnce);
    expect(trpcErrorOf(await inject(t, { method: "GET", url: "/api/trpc/me.get" }, { cookie }))).toEqual({
      status: 429,
      code: "concurrency_limit_exceeded",
    });
    for (const path of ["/api/v1/keys", "/api/exports/csv"]) expect((await asked(path, { cookie })).status).toBe(429);
    release();
    for (const path of ["/api/trpc/me.get", "/api/v1/keys", "/api/exports/csv"])
      expect((await asked(path, { cookie })).status, path).toBe(200);
  });

  it("are over however they end", async () => {
    const { cookie } = t.operator;
    const ends = [
      ["/api/v1/lookup?ioc=a.example", bearer(key.secret)],
      ["/api/v1/lookup", bearer(key.secret)],
      ["/api/v1/articles/none", bearer(key.secret)],
      ["/api/v1/iocs/stix?limit=none", bearer(key.secret)],
      ["/api/taxii2/api/collections/none/objects/", bearer(key.secret)],
      ["/api/trpc/me.get,none.at.all", { cookie }],
      ["/api/trpc/me.get", {}],
      ["/api/exports/none", { cookie }],
    ] as const;
    for (const [path, headers] of ends) await inject(t, { method: "GET", url: path }, headers);
    await inject(t, { method: "HEAD", url }, bearer(key.secret));
    const broken = { method: "POST", url: "/api/v1/lookup", payload: "{" } as const;
    await inject(t, broken, { ...bearer(key.secret), "content-type": "application/json" });
    const gone = http.get({ host: "127.0.0.1", port, path: url, headers: bearer(key.secret), agent: false });
    gone.on("error", () => {});
    const closed = new Promise((resolve) => gone.on("close", resolve));
    setTimeout(() => gone.destroy(), 20);
    await closed;
    await expect.poll(() => t.deps.slots.size()).toBe(0);
    await expect.poll(() => t.deps.pace.short()).toBe(0);
  });
});
