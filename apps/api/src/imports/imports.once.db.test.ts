import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

const url = "/api/v1/indicators/stream";
let t: TestApp;
let secret: string;

beforeAll(async () => {
  t = await buildTestApp();
  ({ secret } = await t.createKey(t.operator));
});
afterAll(() => t.close());

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `{"value":"host-${from + n}.example"}\n`).join("");
const send = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  inject(
    t,
    { method: "POST", url, payload },
    { authorization: `Bearer ${secret}`, "content-type": "application/x-ndjson", ...headers },
  );

it("takes NDJSON, packed or not, and says which lines it refused", async () => {
  const response = await send(`${lines(0, 3)}{"value":"10.0.0.1"}\n`);
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    meta: { lines: 4, created: 3, updated: 0, unchanged: 0, refused: 1 },
    errors: [{ line: 4, error: { code: "invalid_parameter", fields: [{ field: "value" }] } }],
  });
  const packed = await send(gzipSync(lines(0, 5)), { "content-encoding": "gzip" });
  expect(packed.json().meta).toMatchObject({ created: 2, unchanged: 3 });
  const list = { method: "GET" as const, url: "/api/v1/indicators?limit=2" };
  expect((await inject(t, list, { authorization: `Bearer ${secret}` })).json().meta).toMatchObject({ stored: 5 });
});

it("refuses another media type, no credential, and a key that may only read", async () => {
  expect(errorOf(await send("{}", { "content-type": "application/json" }))).toMatchObject({ status: 415 });
  expect(errorOf(await send("{}", { authorization: "" }))).toMatchObject({ status: 401 });
  const reading = await t.createKey(t.operator, { scopes: ["read:iocs"] });
  expect(errorOf(await send("{}", { authorization: `Bearer ${reading.secret}` }))).toMatchObject({
    status: 403,
    code: "insufficient_scope",
    details: { scope: "write:indicators" },
  });
});

it("reads a body that takes longer than a request may", async () => {
  await t.app.listen({ host: "127.0.0.1", port: 0 });
  const { server } = t.app;
  const { port } = server.address() as AddressInfo;
  const connected = once(server, "connection") as Promise<[Socket]>;
  const written = async () => (await t.deps.db.prisma.ownStore.findFirst({ select: { total: true } }))?.total ?? 0;
  const before = await written();
  async function* slowly(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(lines(10_000, 12_500));
    await vi.waitFor(async () => expect(await written()).toBe(before + 2_500), { timeout: 60_000 });
    // What Node's own timer says of a request that it has waited for too long.
    const late = Object.assign(new Error("Request timeout"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
    server.emit("clientError", late, (await connected)[0]);
    yield Buffer.from(lines(12_500, 12_502));
  }
  const response = await fetch(`http://127.0.0.1:${port}${url}`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/x-ndjson" },
    body: Readable.toWeb(Readable.from(slowly())),
    duplex: "half",
  } as RequestInit);
  expect(await response.json()).toMatchObject({ meta: { lines: 2_502, created: 2_502 } });
});
