// What HTTP's parser refuses, clients that are slow, and clients that never read.
import net from "node:net";
import { type Answer, answersIn, exchange } from "./raw";
import type { World } from "./world";

const host = "Host: 127.0.0.1\r\n";
const get = (path: string, fields = "") => `GET ${path} HTTP/1.1\r\n${host}${fields}\r\n`;
const post = (path: string, fields: string, body: string) =>
  `POST ${path} HTTP/1.1\r\n${host}Content-Type: application/json\r\n${fields}\r\n${body}`;

type Refusal = { what: string; bytes: string | Buffer; status: number; code: string | null; isTaxii?: true };

const list = "/api/v1/iocs";
const lookup = "/api/v1/lookup";
const taxii = "/api/taxii2/api/collections/";
const malformed = { status: 400, code: "malformed_request" } as const;
const badBody = { status: 400, code: "malformed_body" } as const;
const long = "x".repeat(20_000);

const refusals: readonly Refusal[] = [
  { what: "a control character in a field", bytes: get(list, "X-A: \u0001\r\n"), ...malformed },
  { what: "the same on TAXII", bytes: get(taxii, "X-A: \u0001\r\n"), ...malformed, isTaxii: true },
  {
    what: "a control character in a credential",
    bytes: get(list, "Authorization: Bearer sk\u0000live\r\n"),
    ...malformed,
  },
  { what: "a field without a colon", bytes: get(list, "nonsense\r\n"), ...malformed },
  { what: "a space before the colon", bytes: get(list, "X-A : 1\r\n"), ...malformed },
  { what: "a line break in a field alone", bytes: get(list, "X-A: 1\rX-B: 2\r\n"), ...malformed },
  { what: "a space in the path", bytes: get("/api/v1/io cs"), ...malformed },
  { what: "another protocol", bytes: "GET /api/v1/iocs FTP/1.1\r\n\r\n", ...malformed },
  { what: "TLS", bytes: Buffer.from("160301020001000001fc0303", "hex"), ...malformed },
  { what: "HTTP/2", bytes: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ...malformed },
  { what: "no host", bytes: "GET /api/v1/iocs HTTP/1.1\r\n\r\n", ...malformed },
  { what: "two hosts", bytes: get(list, "Host: evil.example\r\n"), ...malformed },
  { what: "two hosts on TAXII", bytes: get(taxii, "Host: evil.example\r\n"), ...malformed, isTaxii: true },
  { what: "two lengths", bytes: post(lookup, "Content-Length: 2\r\nContent-Length: 3\r\n", "{}"), ...malformed },
  {
    what: "a length and chunks",
    bytes: post(lookup, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
    ...malformed,
  },
  { what: "a length that is none", bytes: post(lookup, "Content-Length: +2\r\n", "{}"), ...malformed },
  {
    what: "chunks that are not the last coding",
    bytes: post(lookup, "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
    ...malformed,
  },
  {
    what: "an unknown method",
    bytes: `FETCH ${list} HTTP/1.1\r\n${host}\r\n`,
    status: 405,
    code: "method_not_allowed",
  },
  {
    what: "an unknown method nowhere",
    bytes: `FETCH /api/v1/nowhere HTTP/1.1\r\n${host}\r\n`,
    status: 404,
    code: "not_found",
  },
  {
    what: "CONNECT",
    bytes: `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`,
    status: 405,
    code: "method_not_allowed",
  },
  { what: "long fields", bytes: get(list, `X-A: ${long}\r\n`), status: 431, code: "headers_too_large" },
  {
    what: "long fields on TAXII",
    bytes: get(taxii, `X-A: ${long}\r\n`),
    status: 431,
    code: "headers_too_large",
    isTaxii: true,
  },
  { what: "a long address", bytes: get(`${list}?q=${long}`), status: 431, code: "headers_too_large" },
  {
    what: "a long cookie",
    bytes: get("/api/v1/keys", `Cookie: sb-access-token=${long}\r\n`),
    status: 431,
    code: "headers_too_large",
  },
  {
    what: "a chunk without a size",
    bytes: post("/api/setup", "Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n"),
    ...badBody,
  },
  {
    what: "a chunk that is longer than it says",
    bytes: post("/api/setup", "Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n"),
    ...badBody,
  },
  {
    what: "a large body announced",
    bytes: post("/api/setup", "Content-Length: 99999999\r\n", ""),
    status: 413,
    code: "payload_too_large",
  },
  {
    what: "a large body in chunks",
    bytes: post("/api/setup", "Transfer-Encoding: chunked\r\n", `200000\r\n${"x".repeat(0x200000)}\r\n0\r\n\r\n`),
    status: 413,
    code: "payload_too_large",
  },
];

/** Bytes that never become a request, or not a whole one: one answer in the transport's form, and the connection ends. */
export async function attackParser({ port, ledger }: World): Promise<void> {
  for (const { what, bytes, status, code, isTaxii } of refusals) {
    const { text, closed } = await exchange(port, [bytes], {
      enough: (soFar) => holdsAnswer(soFar) && !soFar.includes("connection: close"),
    });
    ledger.record("parser", what, problemOf(text, { status, code, isTaxii: isTaxii === true, closed }));
  }
}

function holdsAnswer(text: string): boolean {
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
  return text.length >= text.indexOf("\r\n\r\n") + 4 + length;
}

type Expected = { status: number; code: string | null; isTaxii: boolean; closed: boolean };

function problemOf(text: string, { status, code, isTaxii, closed }: Expected): string | null {
  const [answer, ...more] = text === "" ? [] : answersIn(text);
  if (!answer) return "no answer";
  if (more.length > 0) return `${more.length + 1} answers`;
  if (answer.status !== status) return `${answer.status}, not ${status}: ${answer.body.slice(0, 200)}`;
  const { headers } = answer;
  if (!/^req_[0-9a-f]{24}$/.test(headers["x-request-id"] ?? "")) return "no request id";
  if (headers["x-content-type-options"] !== "nosniff") return "no security headers";
  if (headers.connection === "close" && !closed) return "the connection stays open";
  return problemOfBody(answer, code, isTaxii);
}

function problemOfBody({ status, headers, body }: Answer, code: string | null, isTaxii: boolean): string | null {
  const parsed = JSON.parse(body);
  const id = headers["x-request-id"];
  const found = isTaxii
    ? { id: parsed.error_id, code: parsed.error_code, status: Number(parsed.http_status) }
    : { id: parsed.error?.request_id, code: parsed.error?.code, status };
  const type = isTaxii ? "application/taxii+json;version=2.1" : "application/json; charset=utf-8";
  if (headers["content-type"] !== type) return `content type ${headers["content-type"]}`;
  return found.id === id && found.code === code && found.status === status ? null : body.slice(0, 200);
}

/** A request for another host by its whole address is one to this server: nothing is fetched, nothing is believed. */
export async function attackTargets({ port, ledger }: World): Promise<void> {
  const ask = async (bytes: string) => answersIn((await exchange(port, [bytes], { enough: holdsAnswer })).text)[0];
  const whole = await ask(get("http://evil.example/api/v1/iocs"));
  ledger.record("parser", "a whole address", whole?.status === 401 ? null : `${whole?.status}`);
  const root = await ask(get("http://evil.example/api/taxii2/"));
  ledger.record("parser", "a whole address of TAXII", root?.body.includes("error_code") ? null : `${root?.body}`);
  const metrics = await ask(get("http://127.0.0.1/metrics", "X-Forwarded-For: 127.0.0.1\r\n"));
  ledger.record("parser", "metrics by a proxy", metrics?.status === 404 ? null : `${metrics?.status}`);
  const expecting = await ask(get("/healthz", "Expect: the-unexpected\r\n"));
  ledger.record("parser", "an unknown expectation", expecting?.status === 200 ? null : `${expecting?.status}`);
}

/** Clients that send a little now and then, or nothing: each is told that its time is up, and cut off. */
export async function attackSlowly({ t, port, ledger }: World): Promise<void> {
  const { server } = t.app;
  const { headersTimeout, requestTimeout } = server;
  Object.assign(server, { headersTimeout: 700, requestTimeout: 1_400 });
  const drips = (text: string) => Array.from({ length: 2_000 }, () => text);
  const slow: readonly (readonly [string, string[]])[] = [
    ["fields one by one", [`GET ${list} HTTP/1.1\r\n${host}`, ...drips("X-A: 1\r\n")]],
    ["a field letter by letter", [`GET ${list} HTTP/1.1\r\n${host}X-A: `, ...drips("a")]],
    ["a body letter by letter", [post("/api/setup", "Content-Length: 900000\r\n", "{"), ...drips(" ")]],
    ["a body in chunks", [post("/api/setup", "Transfer-Encoding: chunked\r\n", ""), ...drips("1\r\n \r\n")]],
    ["nothing after the first line", [`GET ${list} HTTP/1.1\r\n`]],
    ["nothing at all", [""]],
  ];
  const attackers = slow.flatMap((one) => [one, one, one]);
  await Promise.all(
    attackers.map(async ([what, pieces]) => {
      const { text, closed } = await exchange(port, pieces, { everyMs: 40 });
      const expected = { status: 408, code: "request_timeout", isTaxii: false, closed };
      ledger.record("slow", what, problemOf(text, expected));
    }),
  );
  Object.assign(server, { headersTimeout, requestTimeout });
}

/** Clients that ask and never read: others are answered meanwhile. */
export async function attackUnread({ port, ledger, secret }: World): Promise<void> {
  const request = get("/api/v1/iocs?limit=500", `Authorization: Bearer ${secret}\r\n`);
  const sockets = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const socket = net.connect(port, "127.0.0.1").on("error", () => {});
      await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
      socket.pause();
      socket.write(request.repeat(40));
      return socket;
    }),
  );
  for (let asked = 0; asked < 10; asked += 1) {
    const { text } = await exchange(port, [get("/healthz")], { enough: holdsAnswer });
    ledger.record("unread", "another client", text.startsWith("HTTP/1.1 200") ? null : text.slice(0, 100));
  }
  for (const socket of sockets) socket.destroy();
}
