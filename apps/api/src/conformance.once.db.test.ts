// RFC 9110, RFC 8259 and the CORS protocol, for every route of the server's own table.
import { gzipSync } from "node:zlib";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Target, targetsOf } from "./attack/targets";
import { buildWorld, type World } from "./attack/world";
import { takesNewValues } from "./rest/adapter";
import { restProcedures } from "./router/list-procedures";

let world: World;
let targets: Target[];
const page = "https://soc.example";

beforeAll(async () => {
  world = await buildWorld({ TOCSIN_CORS_ORIGINS: page });
  targets = targetsOf(world);
});
afterAll(() => world.close());

const send = ({ request, headers }: Target, change: InjectOptions = {}, more: Record<string, string> = {}) =>
  world.send({ ...request, ...change }, { ...headers, ...more });

/** Asks every target and gives what is wrong with the answers, by the target's name. */
async function faults(
  of: readonly Target[],
  faultOf: (target: Target) => Promise<string | null>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  expect(of.length).toBeGreaterThan(0);
  for (const target of of) {
    const fault = await faultOf(target);
    if (fault !== null) found[target.name] = fault;
  }
  return found;
}

const unless = (good: boolean, { statusCode, headers, body }: LightMyRequestResponse) =>
  good ? null : `${statusCode} ${headers["content-type"]} ${body.slice(0, 100)}`;
/** But streams of events, whose answer is a connection. */
const streams = ["GET /api/v1/stream", "GET /api/live"];
const reads = () =>
  targets.filter(({ name, writes, kind }) => !writes && kind !== "auth" && kind !== "trpc" && !streams.includes(name));
/** What reads bodies: TAXII refuses whatever would write before it reads any. */
const writes = () =>
  targets.filter(({ name, writes, kind }) => writes && kind !== "taxii" && name !== "POST /api/v1/indicators/stream");
/** What reads JSON by our own rules: tRPC's protocol wants its media type, a report of GitHub is its signed bytes. */
const takesJson = () => writes().filter(({ name, kind }) => kind !== "trpc" && !name.includes("/github/"));
const routes = () => targets.filter(({ kind }) => kind !== "auth" && kind !== "trpc");

describe("every route that reads", () => {
  it("answers HEAD as GET, without a body and with its length or none", async () => {
    const differing = await faults(reads(), async (target) => {
      const before = await send(target);
      const head = await send(target, { method: "HEAD" });
      const after = await send(target);
      // Of some, as those that say how long they took, the next answer is longer or shorter.
      const length = head.headers["content-length"];
      const fits = length === undefined || Number(length) > 0 === before.rawPayload.length > 0;
      const same = ["content-type", "etag", "vary", "cache-control"].every(
        (name) => head.headers[name] === after.headers[name],
      );
      return unless(head.statusCode === after.statusCode && head.body === "" && fits && same, head);
    });
    expect(differing).toEqual({});
  });
});

describe("every route", () => {
  it("tells its methods", async () => {
    const silent = await faults(routes(), async (target) => {
      const answer = await send(target, { method: "OPTIONS", payload: "" });
      const allowed = String(answer.headers.allow).split(", ");
      return unless(
        answer.statusCode === 204 && allowed.includes(String(target.request.method)) && allowed.includes("OPTIONS"),
        answer,
      );
    });
    expect(silent).toEqual({});
  });

  it("refuses a method that it has not, and says which there are", async () => {
    const withPut = new Set(
      targets.filter(({ request }) => request.method === "PUT").map(({ request }) => request.url),
    );
    const withoutPut = routes().filter(({ request }) => !withPut.has(request.url));
    const wrong = await faults(withoutPut, async (target) => {
      const answer = await send(target, { method: "PUT", payload: "" });
      return unless(answer.statusCode === 405 && answer.headers.allow !== undefined, answer);
    });
    expect(wrong).toEqual({});
  });

  it("knows nothing by a name that holds NUL", async () => {
    const withNames = world.t.app.routeTable
      .list()
      .filter(({ url, method }) => /\/:/.test(url) && method !== "HEAD" && !url.startsWith("/api/trpc/"));
    expect(withNames.length).toBeGreaterThan(10);
    for (const { method, url } of withNames) {
      const target = routes().find(({ name }) => name === `${method} ${url}`);
      const path = url.replace(/:\w+/g, "a%00b");
      const answer = await world.send({ method: method as "GET", url: path }, target?.headers);
      expect([url, answer.statusCode]).toEqual([url, url.endsWith("/") || target ? 404 : answer.statusCode]);
    }
  });
});

describe("every route that takes a body", () => {
  const json = { "content-type": "application/json" };

  it("honours a content coding or answers 415", async () => {
    const wrong = await faults(writes(), async (target) => {
      const unknown = await send(target, { payload: "{}" }, { ...json, "content-encoding": "zstd" });
      if (unknown.statusCode !== 415) return unless(false, unknown);
      const packed = await send(target, { payload: gzipSync("[") }, { ...json, "content-encoding": "gzip" });
      return unless([400, 401].includes(packed.statusCode), packed);
    });
    expect(wrong).toEqual({});
  });

  it("takes no other media type, and asks none of an empty body", async () => {
    const wrong = await faults(takesJson(), async (target) => {
      const full = await send(target, { payload: "a=b" }, { "content-type": "application/x-www-form-urlencoded" });
      if (full.statusCode !== 415) return unless(false, full);
      const empty = await send(target, { payload: "" }, { "content-type": "application/x-www-form-urlencoded" });
      return unless(empty.statusCode !== 415 && empty.statusCode < 500, empty);
    });
    expect(wrong).toEqual({});
  });

  it("takes a byte order mark, and no bytes that are not UTF-8", async () => {
    const wrong = await faults(takesJson(), async (target) => {
      const broken = await send(target, { payload: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }, json);
      if (broken.statusCode !== 400) return unless(false, broken);
      const bare = await send(target, { payload: "[" }, json);
      const marked = await send(target, { payload: "\uFEFF[" }, json);
      return unless(marked.statusCode === bare.statusCode, marked);
    });
    expect(wrong).toEqual({});
  });
});

describe("a body that creates or changes", () => {
  const changing = restProcedures()
    .filter(takesNewValues)
    .map(({ rest }) => rest);

  it.each(changing)("$operationId refuses a field that it does not know, by name", async ({ method, path }) => {
    const target = targets.find(({ name }) => name === `${method} ${path}`);
    if (!target) throw new Error(`no target ${method} ${path}`);
    const payload = { ...(target.request.payload as object), no_such_field: 1 };
    const answer = await send(target, { payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.details.fields).toContainEqual(
      expect.objectContaining({ field: "no_such_field", problem: "is not known here" }),
    );
  });

  it("names the field that is meant", async () => {
    const headers = { cookie: world.t.operator.cookie };
    const payload = { name: "a key", allowed_ip: ["192.0.2.1"] };
    const refused = await world.send({ method: "POST", url: "/api/v1/keys", payload }, headers);
    expect(refused.json().error.message).toContain("allowed_ip: is not known here; did you mean allowed_ips?");
  });

  it("may say when a key ends", async () => {
    const headers = { cookie: world.t.operator.cookie };
    const end = new Date(world.clock.now().getTime() + 3 * 86_400_000).toISOString();
    const made = (body: object) =>
      world.send({ method: "POST", url: "/api/v1/keys", payload: { name: "ends", ...body } }, headers);
    expect((await made({ expires_at: end })).json().data.expires_at).toBe(end);
    expect((await made({ expires_at: "2001-01-01T00:00:00Z" })).statusCode).toBe(400);
    expect((await made({ expires_at: end, expires_in_days: 3 })).statusCode).toBe(400);
  });
});

describe("a key", () => {
  it("is revoked by DELETE with an empty body of any type", async () => {
    const types = ["application/json", "text/plain", "application/x-www-form-urlencoded", "application/octet-stream"];
    for (const type of types) {
      const { id, secret } = await world.t.createKey(world.t.operator);
      const headers = { cookie: world.t.operator.cookie, "content-type": type };
      const answer = await world.send({ method: "DELETE", url: `/api/v1/keys/${id}`, payload: "" }, headers);
      expect([type, answer.statusCode]).toEqual([type, 200]);
      const use = await world.send({ method: "GET", url: "/api/v1/iocs" }, { authorization: `Bearer ${secret}` });
      expect([type, use.statusCode]).toEqual([type, 401]);
    }
  });

  it("may come twice in the same words, and not in others", async () => {
    const use = (value: string) => world.send({ method: "GET", url: "/api/v1/iocs" }, { "x-api-key": value });
    // As Node joins a field that came twice.
    expect((await use(`${world.secret}, ${world.secret}`)).statusCode).toBe(200);
    expect((await use(`${world.secret}, another`)).statusCode).toBe(401);
  });
});

describe("pages of other origins", () => {
  it("may call what is for keys where their origin is named, and nothing else", async () => {
    const wrong = await faults(routes(), async (target) => {
      const preflight = await send(target, { method: "OPTIONS", payload: "" }, { origin: page });
      const shared = preflight.headers["access-control-allow-origin"] === page;
      if (preflight.headers["access-control-allow-credentials"] !== undefined) return "with credentials";
      const byKey = world.t.app.routeTable.isByKey(target.request.url.split("?", 1)[0] ?? "");
      return unless(shared === byKey, preflight);
    });
    expect(wrong).toEqual({});
  });

  it("can read answers and refusals of that, and of no other origin", async () => {
    const ask = async (origin: string, key: string) => {
      const headers = { origin, authorization: `Bearer ${key}` };
      const { headers: given } = await world.send({ method: "GET", url: "/api/v1/iocs" }, headers);
      return [given["access-control-allow-origin"], String(given.vary).includes("Origin")];
    };
    expect(await ask(page, world.secret)).toEqual([page, true]);
    expect(await ask(page, "wrong")).toEqual([page, true]);
    expect(await ask("https://other.example", world.secret)).toEqual([undefined, true]);
    const own = await world.send(
      { method: "GET", url: "/api/v1/keys" },
      { origin: page, cookie: world.t.operator.cookie },
    );
    expect(own.headers["access-control-allow-origin"]).toBeUndefined();
  });
});
