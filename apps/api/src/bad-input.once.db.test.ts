import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RestOperation, restOperations } from "./reference/operations";
import { inputSchema } from "./router/list-procedures";
import {
  createClock,
  errorOf,
  goodRequest,
  guardedProcedures,
  inject,
  trpcRequest,
  unknownId,
} from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";
import { createTestToken } from "./testing/tokens";

const clock = createClock();
let t: TestApp;
let secret: string;
let token: string;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  ({ secret } = await t.createKey(t.operator));
  ({ secret: token } = await createTestToken(t, t.operator));
});
afterAll(() => t.close());

/** With the right credential, and far enough from the request before to be within every limit. */
function send(request: InjectOptions): Promise<LightMyRequestResponse> {
  clock.skip(1_000);
  const bearer = String(request.url).startsWith("/api/v1/manage/") ? token : secret;
  return inject(t, request, { authorization: `Bearer ${bearer}`, cookie: t.operator.cookie });
}

/** The answers in order; no more at once than one key or person may have under way. */
async function sendAll(requests: readonly InjectOptions[]): Promise<LightMyRequestResponse[]> {
  const sent: LightMyRequestResponse[] = [];
  for (let at = 0; at < requests.length; at += 8) {
    sent.push(...(await Promise.all(requests.slice(at, at + 8).map(send))));
  }
  return sent;
}

function expectAnswer(response: LightMyRequestResponse, what: string): void {
  expect(response.statusCode, `${what}: ${response.body.slice(0, 200)}`).toBeLessThan(500);
  if (response.statusCode >= 400) errorOf(response);
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? "nothing";
}

const nastyText = [
  "",
  " ",
  "%00",
  "a%00b",
  "%ff%fe",
  "%ED%A0%80",
  "%",
  "'; DROP TABLE ioc; --",
  "%F0%9F%92%A3",
  "-1",
  "1e400",
  "NaN",
  "99999999999999999999",
  "2026-13-45T99:99:99Z",
  "%25%00",
  "x".repeat(8_000),
  "__proto__",
  "%0d%0aSet-Cookie:%20a=b",
];

const nastyValues: unknown[] = [
  null,
  0,
  -1,
  1e308,
  "",
  "\u0000",
  "\ud800",
  "x".repeat(100_000),
  [],
  {},
  [[[[]]]],
  true,
  { toString: "x" },
  ["__proto__"],
  "2026-02-30T00:00:00Z",
];

const routes = restOperations().map((route) => [route.rest.operationId, route] as const);
const reads = routes.filter(([, { rest }]) => rest.method === "GET");
const writes = routes.filter(([, { rest }]) => rest.method !== "GET");
const withPathParameter = routes.filter(([, { rest }]) => rest.path.includes(":"));

const fieldsOf = (route: RestOperation) => Object.keys(inputSchema(route).properties ?? {});

function withQuery(route: RestOperation, query: string): InjectOptions {
  const request = goodRequest(route, unknownId);
  return { ...request, url: `${request.url}${request.url.includes("?") ? "&" : "?"}${query}` };
}

describe.each(routes)("%s", (_id, route) => {
  it("stands nonsense in each parameter of its query", async () => {
    const isQuery = route.rest.method === "GET";
    for (const field of [...(isQuery ? fieldsOf(route) : []), "unknown", "__proto__"]) {
      const texts = isQuery ? nastyText : nastyText.slice(0, 5);
      const sent = await sendAll(texts.map((text) => withQuery(route, `${field}=${text}`)));
      for (const [i, response] of sent.entries()) expectAnswer(response, `${field}=${texts[i]}`);
    }
  });
});

describe.each(withPathParameter)("%s, whose path has a parameter", (_id, route) => {
  it("stands nonsense in its path", async () => {
    for (const text of nastyText.filter((part) => part !== "")) {
      const url = route.rest.path.replace(/:\w+/, text);
      expectAnswer(await send({ ...goodRequest(route, unknownId), url }), url);
    }
  });
});

describe.each(reads)("%s, which reads", (_id, route) => {
  it("refuses a parameter that comes twice, and ignores one that it does not know", async () => {
    const request = goodRequest(route, unknownId);
    for (const field of fieldsOf(route).filter((name) => !route.rest.path.includes(`:${name}`))) {
      const response = await send({
        ...request,
        url: `${route.rest.path.replace(/:\w+/, unknownId)}?${field}=1&${field}=1`,
      });
      const { status, code, details } = errorOf(response);
      expect([status, code, details.fields[0].field]).toEqual([400, "invalid_parameter", field]);
    }
    const plain = await send(request);
    expect((await send(withQuery(route, "nobody=1&nobody=2"))).statusCode).toBe(plain.statusCode);
  });
});

describe.each(writes)("%s, which writes", (_id, route) => {
  const request = goodRequest(route, unknownId);

  it("stands nonsense in each field of its body", async () => {
    for (const field of fieldsOf(route)) {
      const sent = await sendAll(
        nastyValues.map((value) => ({ ...request, payload: { name: "A key", [field]: value } })),
      );
      for (const [i, response] of sent.entries()) expectAnswer(response, `${field}: ${show(nastyValues[i])}`);
    }
  });

  it("stands bodies that are none", async () => {
    const json = { "content-type": "application/json" };
    const sent = async (payload: string | Buffer, headers: Record<string, string> = json) =>
      errorOf(await send({ ...request, payload, headers }));
    expect(await sent("{")).toMatchObject({ status: 400, code: "malformed_body" });
    expect(await sent("\u0000")).toMatchObject({ status: 400, code: "malformed_body" });
    expect(await sent("[]")).toMatchObject({ status: 400, code: "invalid_parameter" });
    expect(await sent('"text"')).toMatchObject({ status: 400, code: "invalid_parameter" });
    expect(await sent(`{"reason":${"[".repeat(100_000)}${"]".repeat(100_000)}}`)).toMatchObject({ status: 400 });
    expect(await sent(`{"a":"${"x".repeat(10_000_000)}"}`)).toMatchObject({ status: 413, code: "payload_too_large" });
    expect(await sent("a=1", { "content-type": "application/x-www-form-urlencoded" })).toMatchObject({ status: 415 });
    expect(await sent("<a/>", { "content-type": "text/xml; charset=%" })).toMatchObject({ status: 415 });
    expect(await sent("{}", { "content-type": "nonsense" })).toMatchObject({
      status: 415,
      code: "unsupported_media_type",
    });
    for (const payload of ["null", "1e999", '{"__proto__":{"name":"x"}}', '{"constructor":{"prototype":{"a":1}}}']) {
      expectAnswer(await send({ ...request, payload, headers: json }), payload);
    }
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });
});

describe.each(guardedProcedures.map((procedure) => [procedure.name, procedure] as const))(
  "the dashboard's %s",
  (_name, procedure) => {
    it("stands nonsense", async () => {
      const inputs: unknown[] = [
        ...nastyValues,
        { keyId: "\u0000" },
        { keyId: "\ud800" },
        { feed_id: "\u0000" },
        { q: [] },
      ];
      for (const field of Object.keys(inputSchema(procedure).properties ?? {})) {
        for (const value of nastyValues) inputs.push({ [field]: value });
      }
      const requests = inputs
        .map((input) => [input, trpcRequest(procedure, input)] as const)
        .filter(([, { url }]) => url.length < 8_000);
      const json = { "content-type": "application/json" };
      const sent = await sendAll(
        requests.map(([input, request]) =>
          procedure.type === "query" ? request : { ...request, payload: JSON.stringify(input), headers: json },
        ),
      );
      for (const [i, response] of sent.entries()) {
        expect(response.statusCode, `${show(requests[i]?.[0])}: ${response.body.slice(0, 300)}`).toBeLessThan(500);
      }
      for (const url of [
        `/api/trpc/${procedure.name}?input=%7B`,
        `/api/trpc/${procedure.name}?batch=1&input=%`,
        `/api/trpc/${procedure.name},nothing?batch=1`,
      ]) {
        expect((await send({ method: "GET", url })).statusCode, url).toBeLessThan(500);
      }
    });
  },
);

describe("URLs that cannot be read", () => {
  it.each(["/api/v1/keys/%zz", "/api/v1/%", "/api/v1/keys/%C3%28", `/api/v1/keys/${"a".repeat(5_000)}`])(
    "%s",
    async (url) => {
      const response = await send({ method: "GET", url });
      expect([400, 404]).toContain(errorOf(response).status);
    },
  );
});
