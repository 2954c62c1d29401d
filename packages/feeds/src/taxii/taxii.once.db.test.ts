import type http from "node:http";
import { describe, expect, it } from "vitest";
import { sourceOf } from "../own/definition";
import { runFeed } from "../pull/run-feed";
import { testFeed } from "../testing/feed";
import { openPulls } from "../testing/pulls";
import { testLimits, testServer } from "../testing/server";

const { db, ctx, server, settings: usual } = await openPulls("taxii");
const settings = { ...usual, privateFeeds: true };

const mediaType = "application/taxii+json;version=2.1";
const collectionId = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

type Stored = { added: string; object: Record<string, unknown> };

const indicator = (n: number, more: Record<string, unknown> = {}) => ({
  type: "indicator",
  spec_version: "2.1",
  id: `indicator--00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
  created: "2026-11-01T00:00:00.000Z",
  modified: "2026-11-01T00:00:00.000Z",
  pattern: `[ipv4-addr:value = '45.60.${n >> 8}.${n & 255}']`,
  pattern_type: "stix",
  valid_from: "2026-11-01T00:00:00Z",
  ...more,
});
const at = (n: number) => `2026-11-02T00:00:00.${String(n).padStart(6, "0")}Z`;
const stored = (from: number, to: number): Stored[] =>
  Array.from({ length: to - from }, (_, i) => ({ added: at(from + i), object: indicator(from + i) }));

type Options = { pageSize: number; byToken: boolean; breakAt?: number; authorization?: string };

/** A TAXII 2.1 server as the specification has it: §4.1, §4.2, §5.1, §5.4, with `next` or by `added_after` alone. */
function serve(objects: readonly Stored[], options: Options): string[] {
  const asked: string[] = [];
  const documents: Readonly<Record<string, object>> = {
    "/taxii2/": { title: "Test", default: `${server.origin}/api1/`, api_roots: ["/api1/", "/api2/"] },
    "/api2/": { title: "Root", versions: [mediaType], max_content_length: 1_000_000 },
    "/api1/collections/": { collections: [{ id: "other", title: "Closed", can_read: false }] },
    "/api2/collections/": {
      collections: [{ id: collectionId, title: "High Value", alias: "high", can_read: true, can_write: false }],
    },
  };
  let pages = 0;
  server.answer((request, response) => {
    const url = new URL(request.url ?? "/", server.origin);
    asked.push(`${url.pathname}${url.search}`);
    const { accept, authorization } = request.headers;
    if (options.authorization && authorization !== options.authorization) return send(response, 401, { title: "no" });
    if (accept !== mediaType) return send(response, 406, { title: "Not Acceptable" });
    const document = documents[url.pathname];
    if (document) return send(response, 200, document);
    if (url.pathname !== `/api2/collections/${collectionId}/objects/`) return send(response, 404, { title: "no" });
    pages += 1;
    if (pages === options.breakAt) return send(response, 500, { title: "broken" });
    return sendPage(response, url.searchParams, objects, options);
  });
  return asked;
}

function sendPage(
  response: http.ServerResponse,
  query: URLSearchParams,
  objects: readonly Stored[],
  { pageSize, byToken }: Options,
) {
  const after = query.get("added_after");
  const all = objects.filter(({ added }) => after === null || added > after);
  const start = Number(query.get("next") ?? 0);
  const page = all.slice(start, start + Math.min(pageSize, Number(query.get("limit"))));
  const more = start + page.length < all.length;
  const [first, last] = [page[0], page.at(-1)];
  if (first && last) {
    response.setHeader("X-TAXII-Date-Added-First", first.added).setHeader("X-TAXII-Date-Added-Last", last.added);
  }
  const next = more && byToken ? { next: String(start + page.length) } : {};
  send(response, 200, page.length > 0 ? { more, ...next, objects: page.map(({ object }) => object) } : {});
}

function send(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": mediaType }).end(JSON.stringify(body));
}

function pull(overrides: { url?: string; collection?: string; secret?: string; auth?: "basic" | "bearer" } = {}) {
  const { url = "/taxii2/", collection = collectionId, secret = "", auth } = overrides;
  const mapping = {
    value_type: "auto",
    comment: "#",
    separator: ",",
    header: "row",
    path: "",
    fields: {},
    collection,
  } as const;
  const source = sourceOf({
    url: `${server.origin}${url}`,
    format: "taxii",
    mapping,
    secret,
    auth: { kind: auth ?? "none", name: "ada" },
  });
  const feed = testFeed(source.files, { ...source, layouts: source.layouts });
  return runFeed(ctx, feed, { node: "one", trigger: "manual", settings, limits: { ...testLimits, attempts: 1 } });
}

async function storedIocs(): Promise<number> {
  const [row] = await db.sql.query<{ n: number }>("SELECT count(*) AS n FROM ioc");
  return Number(row?.n);
}

async function standing(): Promise<string[]> {
  const rows = await db.sql.query<{ value: string }>("SELECT value FROM ioc WHERE withdrawn_at IS NULL ORDER BY value");
  return rows.map(({ value }) => value);
}

describe.each([
  ["with next", true],
  ["by added_after alone", false],
])("a collection, walked %s", (_, byToken) => {
  it("comes whole, and the next time only what is new", async () => {
    const objects = stored(0, 25);
    const asked = serve(objects, { pageSize: 10, byToken });
    expect(await pull()).toMatchObject({ status: "ok", files: 3, good: 25, iocsNew: 25, error: null });
    expect(asked.slice(0, 3)).toEqual(["/taxii2/", "/api1/collections/", "/api2/collections/"]);
    expect(asked[3]).toBe(`/api2/collections/${collectionId}/objects/?limit=1000`);

    const again = serve([...objects, ...stored(25, 30)], { pageSize: 10, byToken });
    expect(await pull()).toMatchObject({ status: "ok", good: 5, iocsNew: 5 });
    expect(again.filter((path) => path.includes("/objects/"))).toEqual([
      `/api2/collections/${collectionId}/objects/?limit=1000&added_after=${encodeURIComponent(at(24))}`,
    ]);
    expect(await storedIocs()).toBe(30);
    expect(await pull()).toMatchObject({ status: "unchanged", files: 0 });
  });

  it("goes on where it was cut off, and misses nothing", async () => {
    const objects = stored(0, 50);
    serve(objects, { pageSize: 10, byToken, breakAt: 4 });
    expect(await pull()).toMatchObject({ status: "partial", good: 30 });
    const asked = serve(objects, { pageSize: 10, byToken });
    expect(await pull()).toMatchObject({ status: "ok" });
    expect(await storedIocs()).toBe(50);
    expect(asked.find((path) => path.includes("/objects/"))).toContain("added_after=");
  });
});

it("objects of one moment on two pages are not lost when the walk breaks off between them", async () => {
  const objects = stored(0, 30).map((each, i) => ({ ...each, added: i < 10 ? at(i) : at(10) }));
  serve(objects, { pageSize: 15, byToken: true, breakAt: 2 });
  expect(await pull()).toMatchObject({ status: "partial", good: 15 });
  serve(objects, { pageSize: 15, byToken: true });
  expect(await pull()).toMatchObject({ status: "ok" });
  expect(await storedIocs()).toBe(30);
});

it("revoked indicators are passed over and counted", async () => {
  const gone = { added: at(9), object: indicator(9, { revoked: true }) };
  serve([...stored(0, 3), gone], { pageSize: 10, byToken: true });
  expect(await pull()).toMatchObject({
    status: "ok",
    good: 3,
    bad: 0,
    warnings: ["1 indicators that their source revoked were passed over"],
  });
});

it("a revocation that comes later ends what the indicator said, and no other indicator's word for the same value", async () => {
  const same = { pattern: indicator(1).pattern };
  const known = [...stored(0, 3), { added: at(3), object: indicator(3, same) }];
  const revoked = (n: number, id: number, more = {}) => ({
    added: at(n),
    object: indicator(id, { ...more, revoked: true }),
  });
  serve(known, { pageSize: 10, byToken: true });
  expect(await pull()).toMatchObject({ status: "ok", good: 4, iocsNew: 3 });

  const later = [revoked(10, 1), revoked(11, 2), revoked(12, 99)];
  serve([...known, ...later], { pageSize: 10, byToken: true });
  expect((await pull()).warnings).toEqual([
    "3 indicators that their source revoked were passed over",
    "1 values have ended, since their source took back what it said of them",
  ]);
  expect(await standing()).toEqual(["45.60.0.0", "45.60.0.1"]);

  serve([...known, ...later, revoked(13, 3, same)], { pageSize: 10, byToken: true });
  await pull();
  expect(await standing()).toEqual(["45.60.0.0"]);
});

describe("the way to a collection", () => {
  it.each([
    ["discovery and a title", "/taxii2/", "High Value"],
    ["discovery and an alias, without the last slash", "/taxii2", "high"],
    ["discovery where one collection alone can be read", "/taxii2/", ""],
    ["an API root", "/api2/", collectionId],
    ["the list of collections", "/api2/collections/", "high"],
    ["the collection itself", `/api2/collections/${collectionId}/`, ""],
    ["its objects", `/api2/collections/${collectionId}/objects/`, ""],
  ])("may begin at %s", async (_, url, collection) => {
    serve(stored(0, 2), { pageSize: 10, byToken: true });
    const answer = server;
    expect(await pull({ url, collection })).toMatchObject({ status: "ok", good: 2 });
    expect(answer.requests.length).toBeGreaterThan(0);
  });

  it("fails with the names of those that there are", async () => {
    serve([], { pageSize: 10, byToken: true });
    const { status, error } = await pull({ collection: "none" });
    expect(status).toBe("failed");
    expect(error).toContain(`the server has no collection "none": ${collectionId} (High Value)`);
  });

  it("never leads to another host, to which the secret would go", async () => {
    const other = await testServer();
    server.answer((_request, response) => send(response, 200, { api_roots: [`${other.origin}/api1/`] }));
    expect((await pull({ auth: "bearer", secret: "s3cret-token" })).error).toContain("at another address");
    expect(other.requests).toEqual([]);
    await other.close();
  });
});

describe("credentials", () => {
  it.each([
    ["basic", `Basic ${Buffer.from("ada:s3cret-token").toString("base64")}`],
    ["bearer", "Bearer s3cret-token"],
  ] as const)("go as %s, and are shown nowhere when they are refused", async (auth, authorization) => {
    serve(stored(0, 2), { pageSize: 10, byToken: true, authorization });
    expect(await pull({ auth, secret: "s3cret-token" })).toMatchObject({ status: "ok", good: 2 });
    const refused = await pull({ auth, secret: "wrong-token" });
    expect(refused).toMatchObject({ status: "failed" });
    expect(refused.error).toContain("HTTP 401");
    const runs = JSON.stringify(await db.sql.query("SELECT * FROM feed_run"));
    expect(runs).not.toContain("wrong-token");
    expect(runs).not.toContain(Buffer.from("ada:wrong-token").toString("base64"));
  });

  it("that no longer open fail the pull with a reason", async () => {
    expect((await pull({ auth: "bearer" })).error).toContain("the stored secret no longer opens");
    expect(server.requests.filter(({ headers }) => headers.authorization === "Bearer ")).toEqual([]);
  });
});

describe("a server that is none", () => {
  it.each([
    ["a page cut in its middle", '{"more": true, "objects": [{"type": "indicator"'],
    ["HTML", "<!doctype html><html>"],
    ["a list", "[1, 2]"],
  ])("gives %s: the pull fails and nothing is remembered", async (_, body) => {
    server.answer((request, response) => {
      if (request.url?.includes("/objects/")) response.end(body);
      else send(response, 200, { collections: [{ id: collectionId, can_read: true }] });
    });
    expect(await pull({ url: "/api2/collections/" })).toMatchObject({ status: "failed", good: 0 });
    serve(stored(0, 3), { pageSize: 10, byToken: true });
    expect(await pull()).toMatchObject({ status: "ok", good: 3 });
  });

  it("gives the same page for ever: the walk ends", async () => {
    server.answer((_request, response) => {
      response.setHeader("X-TAXII-Date-Added-Last", at(1));
      send(response, 200, { more: true, next: "same", objects: [indicator(1)] });
    });
    const report = await pull({ url: `/api2/collections/${collectionId}/` });
    expect(report).toMatchObject({ status: "partial" });
    expect(report.error).toContain("gives one page twice");
  });
});
