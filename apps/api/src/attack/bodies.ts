// What may be wrong with a body: its length, its form, its media type, its encoding.
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Target } from "./targets";
import { faultOf, type World } from "./world";

const json = { "content-type": "application/json" };
/** A field that nobody knows: nothing is changed by what is read. */
const plain = JSON.stringify({ nonsense: "ü" });
const megabytes = (n: number) => n * 1024 * 1024;

type Case = {
  what: string;
  payload: string | Buffer;
  headers?: Record<string, string>;
  allowed: readonly number[] | "as plain";
};

const nested = `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
const refused = [400, 401, 403, 404, 413, 415, 429];

const cases: Readonly<Record<string, readonly Case[]>> = {
  oversize: [
    { what: "1.1 MB", payload: `{"a":"${"x".repeat(megabytes(1.1))}"}`, allowed: [413] },
    {
      what: "1.1 MB of gzip",
      payload: gzipSync(`{"a":"${"x".repeat(megabytes(1.1))}"}`),
      headers: { "content-encoding": "gzip" },
      allowed: [413],
    },
    {
      what: "a gzip bomb",
      payload: gzipSync(Buffer.alloc(megabytes(16))),
      headers: { "content-encoding": "gzip" },
      allowed: [413],
    },
  ],
  "hostile values": [
    { what: "deep nesting", payload: nested, allowed: refused },
    { what: "a list", payload: "[]", allowed: [200, 202, ...refused] },
    { what: "__proto__", payload: '{"__proto__":{"polluted":1,"name":"x"}}', allowed: [200, 201, 202, ...refused] },
  ],
  malformed: [
    { what: "no JSON", payload: "{", allowed: refused },
    { what: "a NUL", payload: "\u0000", allowed: refused },
    { what: "a trailing comma", payload: '{"a":1,}', allowed: refused },
    { what: "a number", payload: "1e999", allowed: [200, 202, ...refused] },
    {
      what: "constructor",
      payload: '{"constructor":{"prototype":{"polluted":1}}}',
      allowed: [200, 201, 202, ...refused],
    },
    { what: "a key twice", payload: '{"nonsense":1,"nonsense":2}', allowed: [200, 201, 202, ...refused] },
  ],
  "content type": [
    {
      what: "a form",
      payload: "a=1",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      allowed: [401, 415],
    },
    { what: "text that is JSON", payload: plain, headers: { "content-type": "text/plain" }, allowed: [401, 415] },
    {
      what: "parts",
      payload: "--a--",
      headers: { "content-type": "multipart/form-data; boundary=a" },
      allowed: [401, 415],
    },
    { what: "XML", payload: "<a/>", headers: { "content-type": "application/xml" }, allowed: [401, 415] },
    { what: "nonsense", payload: plain, headers: { "content-type": "%" }, allowed: [401, 415] },
    {
      what: "another charset",
      payload: plain,
      headers: { "content-type": "application/json; charset=utf-16" },
      allowed: [401, 415],
    },
  ],
  encoding: [
    { what: "gzip undeclared", payload: gzipSync(plain), allowed: [400, 401, 404] },
    { what: "gzip", payload: gzipSync(plain), headers: { "content-encoding": "gzip" }, allowed: "as plain" },
    { what: "brotli", payload: brotliCompressSync(plain), headers: { "content-encoding": "br" }, allowed: "as plain" },
    {
      what: "gzip cut off",
      payload: gzipSync(plain).subarray(0, 20),
      headers: { "content-encoding": "gzip" },
      allowed: [400, 401, 404],
    },
    { what: "gzip that is none", payload: plain, headers: { "content-encoding": "gzip" }, allowed: [400, 401, 404] },
    { what: "brotli that is none", payload: plain, headers: { "content-encoding": "br" }, allowed: [400, 401, 404] },
    { what: "deflate", payload: deflateSync(plain), headers: { "content-encoding": "deflate" }, allowed: [415, 401] },
    {
      what: "two codings",
      payload: gzipSync(gzipSync(plain)),
      headers: { "content-encoding": "gzip, gzip" },
      allowed: [415, 401],
    },
    { what: "a name of Object's", payload: plain, headers: { "content-encoding": "constructor" }, allowed: [415, 401] },
    { what: "no UTF-8", payload: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), allowed: [400, 401, 404] },
    { what: "UTF-16", payload: Buffer.from(`\ufeff${plain}`, "utf16le"), allowed: [400, 401, 404] },
    { what: "a byte order mark", payload: `\ufeff${plain}`, allowed: "as plain" },
  ],
};

/** What else is a good answer: accounts send people on and know no GET, and reports of leaks may be longer. */
const others: Partial<Record<Target["kind"], readonly number[]>> = { auth: [200, 302, 405], other: [401] };

/** What else is a good answer of a route: it reads lines of JSON alone, or much longer bodies. */
const ofRoute: Readonly<Record<string, readonly number[]>> = {
  "POST /api/v1/indicators/stream": [415],
  "POST /api/v1/indicators": [400],
};

export const bodyKinds = Object.keys(cases);

/** One target for each reader of bodies, which is one for each of Fastify's routes. */
function readersOf(targets: readonly Target[]): Target[] {
  const seen = new Set<string>();
  return targets.filter(({ kind, name }) => {
    const reader = kind === "trpc" || kind === "auth" ? kind : name;
    return !seen.has(reader) && seen.add(reader);
  });
}

/** Every target that takes a body, with every body of a kind that is not as it should be. */
export async function attackBodies(world: World, targets: readonly Target[], kind: string): Promise<void> {
  const writing = targets.filter(({ writes, kind: transport }) => writes && transport !== "taxii");
  // What a procedure makes of its values is its own matter, and how they are read is the route's.
  for (const target of kind === "hostile values" ? writing : readersOf(writing)) {
    await attackBody(world, target, kind);
  }
  const polluted = ({} as Record<string, unknown>).polluted;
  world.ledger.record(kind, "Object.prototype", polluted === undefined ? null : "is polluted");
}

async function attackBody(world: World, target: Target, kind: string): Promise<void> {
  const ask = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    world.send({ ...target.request, payload }, { ...json, ...target.headers, ...headers });
  const usual = (await ask(plain)).statusCode;
  for (const { what, payload, headers, allowed } of cases[kind] ?? []) {
    const response = await ask(payload, headers);
    const expected =
      allowed === "as plain" ? [usual] : [...allowed, ...(others[target.kind] ?? []), ...(ofRoute[target.name] ?? [])];
    const odd = expected.includes(response.statusCode) ? null : `${response.statusCode}, not ${expected.join(" or ")}`;
    world.ledger.record(kind, `${target.name}, ${what}`, faultOf(response) ?? odd);
  }
}
