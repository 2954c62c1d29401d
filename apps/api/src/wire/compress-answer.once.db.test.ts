import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addRecords } from "../testing/records";
import { buildTestApp, type TestApp } from "../testing/test-app";

let t: TestApp;
let key: { secret: string };
beforeAll(async () => {
  t = await buildTestApp();
  await addRecords(
    t,
    Array.from({ length: 40 }, (_, n) => ({ value: `host-${n}.malware.example`, tags: ["botnet"] })),
  );
  key = await t.createKey(t.operator);
});
afterAll(() => t.close());

// `inject` of the tests checks answers against openapi.json, which knows no encodings.
const get = (url: string, headers: Record<string, string>, method: "GET" | "HEAD" = "GET") =>
  t.app.inject({ method, url, headers });

it("a long answer is compressed for those who read that, and says that it depends on it", async () => {
  const url = "/api/v1/iocs?limit=40";
  const headers = { "x-api-key": key.secret };
  const plain = await get(url, headers);
  const packed = await get(url, { ...headers, "accept-encoding": "br, gzip" });
  const head = await get(url, { ...headers, "accept-encoding": "br, gzip" }, "HEAD");
  expect([plain.headers["content-encoding"], plain.headers.vary]).toEqual([undefined, "Accept-Encoding"]);
  expect([packed.headers["content-encoding"], packed.headers.vary]).toEqual(["br", "Accept-Encoding"]);
  const { data } = JSON.parse(brotliDecompressSync(packed.rawPayload).toString());
  expect(data).toEqual(plain.json().data);
  expect([head.headers["content-encoding"], head.headers["content-length"], head.body]).toEqual(["br", undefined, ""]);
});

it("a short one is sent as it is", async () => {
  const answer = await get("/api/v1/iocs?limit=1", { "x-api-key": key.secret, "accept-encoding": "br, gzip" });
  expect([answer.statusCode, answer.headers["content-encoding"]]).toEqual([200, undefined]);
});
