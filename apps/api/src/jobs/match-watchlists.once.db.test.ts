import { createHmac } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { sequenceChanges } from "@tocsin/core/changes";
import { matchListShape } from "@tocsin/core/watchlists";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deliverDue } from "../notices/deliver-due";
import { addRecords } from "../testing/records";
import { errorOf, inject, origin } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { matchOnce, startMatching } from "./match-watchlists";

let t: TestApp;
let receiver: http.Server;
const received: { headers: http.IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  receiver = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  t = await buildTestApp({ env: { TOCSIN_WEBHOOK_PRIVATE: "on" } });
  await addRecords(t, []);
});
afterAll(async () => {
  await t.close();
  await new Promise((resolve) => receiver.close(resolve));
});

/** By the text of Standard Webhooks, without our code. */
function signatureOf({ headers, body }: (typeof received)[number], secret: string): string {
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return `v1,${createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
    .update(content)
    .digest("base64")}`;
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";
const ask = (method: Method, path: string, payload?: object, cookie = t.operator.cookie) =>
  inject(t, { method, url: `/api/v1/watchlists${path}`, ...(payload ? { payload } : {}) }, { cookie, origin });
const byKey = (secret: string, path: string) =>
  inject(t, { method: "GET", url: `/api/v1/watchlists${path}` }, { authorization: `Bearer ${secret}` });

async function ingest(...values: string[]): Promise<void> {
  await addRecords(
    t,
    values.map((value) => ({ value })),
  );
  await sequenceChanges(t.deps.context);
}

it("from a pasted entry to a signed webhook, the dashboard and a key", async () => {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
  const set = await inject(
    t,
    { method: "POST", url: "/api/trpc/webhooks.set", payload: { url, kinds: ["watchlist.match"] } },
    { cookie: t.operator.cookie, origin },
  );
  const { secret } = set.json().result.data;
  await ingest("203.0.113.9");
  const created = await ask("POST", "", { name: "Head office" });
  expect(created.statusCode).toBe(201);
  const { id } = created.json().data;
  const added = await ask("POST", `/${id}/entries`, {
    text: "203.0.113.0/24\nexample.org\n999.1.1.1",
    lookalikes: true,
  });
  expect(added.json().meta).toMatchObject({ added: 2, refused: 1 });
  const { context } = t.deps;
  await matchOnce(context, { email: false });
  await ingest("203.0.113.10", "https://examp1e.org/login");
  await matchOnce(context, { email: false });
  const sent = await deliverDue(
    { context, version: "test", privateTargets: true, mailer: null, timeoutMs: 2_000 },
    new AbortController().signal,
  );
  expect([sent, received.length]).toEqual([1, 1]);
  const [message] = received;
  if (!message) throw new Error("nothing came");
  expect(message.headers["webhook-signature"]).toBe(signatureOf(message, secret));
  const body: { type: string; data: Sent } = JSON.parse(message.body);
  expect(body.type).toBe("watchlist.match");
  expect(body.data).toMatchObject({
    title: "“Head office” has 2 matches",
    url: `${t.deps.settings.publicUrl}/watchlists/${id}`,
    details: { watchlist: { id, name: "Head office" }, count: 2, more: 0 },
  });
  expect(body.data.details.matches.map(({ value, reason, entry }) => [value, reason, entry.value]).sort()).toEqual([
    ["203.0.113.10", "inside", "203.0.113.0/24"],
    ["https://examp1e.org/login", "lookalike.homoglyph", "example.org"],
  ]);
  const notices = await inject(t, { method: "GET", url: "/api/trpc/notices.list" }, { cookie: t.operator.cookie });
  expect(notices.json().result.data.data[0]).toMatchObject({ kind: "watchlist.match", read: false });
  const key = await t.createKey(t.operator, { scopes: ["read:watchlists"] });
  for (const path of ["/matches?order=oldest", `/${id}/matches?order=oldest`]) {
    const answer = matchListShape.parse((await byKey(key.secret, path)).json());
    expect(answer.data.map(({ ioc, held }) => [ioc?.value, held]).sort()).toEqual([
      ["203.0.113.10", false],
      ["203.0.113.9", true],
      ["https://examp1e.org/login", false],
    ]);
  }
  const done = await ask("POST", `/${id}/matches/acknowledge`, {});
  expect(done.json()).toEqual({ success: true, changed: 3 });
  expect((await ask("GET", `/${id}`)).json().data.matches).toMatchObject({ total: 3, open: 0 });
  expect((await byKey(key.secret, `/${id}/matches?status=open`)).json().data).toEqual([]);
});

type Sent = { details: { matches: { value: string; reason: string; entry: { value: string } }[] } };

it("another workspace's session and key find nothing, and a key without the scope is refused", async () => {
  const { id } = (await ask("POST", "", { name: "Ours" })).json().data;
  const missing = { status: 404, code: "not_found" };
  const { cookie } = t.stranger;
  const tries: [Method, string, object?][] = [
    ["GET", ""],
    ["PATCH", "", { name: "Theirs" }],
    ["DELETE", ""],
    ["GET", "/entries"],
    ["POST", "/entries", { text: "example.net" }],
    ["DELETE", "/entries", { ids: [id] }],
    ["POST", "/matches/acknowledge", {}],
  ];
  for (const [method, path, payload] of tries) {
    expect(errorOf(await ask(method, `/${id}${path}`, payload, cookie)), `${method} ${path}`).toMatchObject(missing);
  }
  const theirs = await t.createKey(t.stranger);
  expect(errorOf(await byKey(theirs.secret, `/${id}/matches`))).toMatchObject(missing);
  expect((await byKey(theirs.secret, "/matches")).json().data).toEqual([]);
  const other = await t.createKey(t.operator, { scopes: ["read:iocs"] });
  expect(errorOf(await byKey(other.secret, "/matches"))).toMatchObject({ code: "insufficient_scope" });
  expect((await ask("GET", "", undefined, cookie)).json().data).toEqual([]);
});

it("says which field is wrong, and what is allowed", async () => {
  const { id } = (await ask("POST", "", { name: "Ours" })).json().data;
  const wrong: [Method, string, object | undefined, string][] = [
    ["POST", "", { name: "" }, "name"],
    ["POST", "", { name: "x".repeat(101) }, "name"],
    ["POST", `/${id}/entries`, { text: "" }, "text"],
    ["POST", `/${id}/entries`, { text: "a.example", kind: "host" }, "kind"],
    ["POST", `/${id}/entries`, { text: "no header", format: "csv" }, "text"],
    ["POST", `/${id}/entries`, { text: "192.0.2.1\n".repeat(10_001) }, "text"],
    ["GET", `/${id}/entries?limit=0`, undefined, "limit"],
    ["GET", `/${id}/entries?cursor=x`, undefined, "cursor"],
    ["DELETE", `/${id}/entries`, { ids: [] }, "ids"],
    ["POST", `/${id}/matches/acknowledge`, { ids: ["x"] }, "ids[0]"],
  ];
  for (const [method, path, payload, field] of wrong) {
    const { status, details } = errorOf(await ask(method, path, payload));
    expect([status, details.fields[0].field, typeof details.fields[0].allowed], `${method} ${path}`).toEqual([
      400,
      field,
      "string",
    ]);
  }
});

it("new entries and notices have their turn before all of a long queue is compared", async () => {
  const { id } = (await ask("POST", "", { name: "Turns" })).json().data;
  await ask("POST", `/${id}/entries`, { text: "198.51.100.7" });
  const { context } = t.deps;
  const queued = async () => (await context.sql.query<{ n: number }>("SELECT count(*) AS n FROM watchlist_change"))[0];
  await context.sql.query(
    "INSERT INTO watchlist_change (ioc_id) SELECT gen_random_uuid() FROM generate_series(1, 50001)",
  );
  expect(await matchOnce(context, { email: false })).toEqual({ more: true });
  expect(Number((await queued())?.n)).toBe(1);
  expect((await ask("GET", `/${id}`)).json().data.entries.comparing).toBe(0);
  expect(await matchOnce(context, { email: false })).toEqual({ more: false });
  expect(Number((await queued())?.n)).toBe(0);
});

it("the loop picks up what comes, goes on after trouble, and ends when it is told to", async () => {
  const { id } = (await ask("POST", "", { name: "Loop" })).json().data;
  await ask("POST", `/${id}/entries`, { text: "192.0.2.77" });
  const watch = startMatching(t.deps);
  await ingest("192.0.2.77");
  await expect.poll(async () => (await ask("GET", `/${id}`)).json().data.matches.total).toBe(1);
  await watch.stop();
  expect((await ask("GET", `/${id}`)).json().data).toMatchObject({ matches: { total: 1 }, entries: { comparing: 0 } });
  const broken = { ...t.deps, context: { ...t.deps.context, sql: { ...t.deps.context.sql, query: fail } } };
  const warned: string[] = [];
  broken.context.log = { ...broken.context.log, warn: (_fields, text) => void warned.push(text) };
  const second = startMatching(broken);
  await expect.poll(() => warned.length).toBeGreaterThan(0);
  await second.stop();
  expect(warned).toEqual(["changes could not be compared with watchlists; the next attempt follows"]);
});

const fail = () => Promise.reject(new Error("the database is away"));
