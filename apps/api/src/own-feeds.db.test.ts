import http from "node:http";
import type { AddressInfo } from "node:net";
import { loadOwnFeeds, runFeed } from "@tocsin/feeds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "./testing/test-app";

const secret = "s3cret-feed-token-0123456789";
let t: TestApp;
let origin: string;
let asked: http.IncomingMessage[] = [];
let body: string | ((request: http.IncomingMessage) => string) = "";
const server = http.createServer((request, response) => {
  asked.push(request);
  response.end(typeof body === "string" ? body : body(request));
});

beforeAll(async () => {
  t = await buildTestApp({ env: { TOCSIN_ALLOW_PRIVATE_FEEDS: "on", TOCSIN_FEEDS: "tor-bulk" } });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await t.close();
});

const csv =
  "date;indicator;kind;family\n22.11.2026;hxxp://bad[.]example/x;url;Emotet\n;198.18.0.1;ip;\n;evil.example;host;Qakbot\n";
const feed = (overrides: object = {}) => ({
  name: "Partner list",
  url: `${origin}/list.csv`,
  format: "csv",
  mapping: {
    separator: ";",
    fields: { value: "indicator", type: "kind", first_seen: "date", malware_family: "family" },
  },
  auth: { kind: "header", name: "X-Api-Key", secret },
  category: "commercial",
  confidence: "high",
  tlp: "amber",
  lifetime_days: 14,
  ...overrides,
});

/** What tests read out of answers; the whole is compared by shape. */
type Data = { id: string; problem: string | null; raw: string[]; rows: unknown[] };

async function call(
  procedure: string,
  input: unknown,
  who: { cookie: string } = t.operator,
  app = t,
  method: "GET" | "POST" = "POST",
) {
  const url = `/api/trpc/${procedure}`;
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await app.app.inject({
    method,
    url: method === "GET" ? url + query : url,
    headers: { host: "127.0.0.1:8080", origin: "http://127.0.0.1:8080", cookie: who.cookie },
    ...(method === "POST" ? { payload: input as object } : {}),
  });
  const answer = response.json() as { result?: { data: { data: Data } } };
  const data = answer.result?.data.data ?? { id: "", problem: response.body, raw: [], rows: [] };
  return { status: response.statusCode, data, text: response.body };
}

describe("a look at a feed", () => {
  it("shows the first rows as a pull would read them, good and bad, and what may be mapped", async () => {
    body = csv;
    asked = [];
    const { data, text } = await call("ownFeeds.preview", { ...pick(feed()) });
    expect(asked[0]?.headers["x-api-key"]).toBe(secret);
    expect(data).toMatchObject({
      problem: null,
      good: 2,
      bad: 1,
      whole: true,
      columns: ["date", "indicator", "kind", "family"],
    });
    expect(data.raw[0]).toBe("date;indicator;kind;family");
    expect(data.rows).toMatchObject([
      {
        line: 2,
        values: [{ type: "url", value: "http://bad.example/x" }],
        problem: null,
        first_seen: "2026-11-22T00:00:00.000Z",
        malware_family: "Emotet",
      },
      { line: 3, values: [], problem: "private and reserved addresses are never IOCs" },
      { line: 4, values: [{ type: "domain", value: "evil.example" }], malware_family: "Qakbot" },
    ]);
    expect(text).not.toContain(secret);
  });

  it("says what is wrong, and never the secret that a server echoes", async () => {
    body = (request) => `<!doctype html><p>${request.headers["x-api-key"]}</p>`;
    const page = await call("ownFeeds.preview", pick(feed()));
    expect(page.data.problem).toBe("the body is a web page");
    expect(page.text).not.toContain(secret);
    body = '{"data": {"items": [{"ip": "45.60.1.2"}]}}';
    const mapping = { path: "nothing", fields: { value: "ip" } };
    const lost = await call("ownFeeds.preview", { ...pick(feed()), format: "json", mapping });
    expect(lost.data).toMatchObject({
      problem: 'the document has no list of records at "nothing"',
      paths: ["data.items"],
    });
    const found = await call("ownFeeds.preview", {
      ...pick(feed()),
      format: "json",
      mapping: { ...mapping, path: "data.items" },
    });
    expect(found.data).toMatchObject({ problem: null, good: 1, columns: ["ip"] });
    const nobody = await call("ownFeeds.preview", { ...pick(feed()), url: "http://127.0.0.1:9/list" });
    expect(nobody.data.problem).toBe("127.0.0.1:9 refused the connection");
  });

  it("reads no more than the first part of what is large", async () => {
    body = `indicator;kind\n${"45.60.1.2;ip\n".repeat(300_000)}`;
    const mapping = { separator: ";", fields: { value: "indicator", type: "kind" } };
    const { data } = await call("ownFeeds.preview", { ...pick(feed()), mapping });
    expect(data).toMatchObject({ whole: false, bytes: 1024 * 1024, bad: 0, problem: null });
    expect(data.rows).toHaveLength(20);
  });
});

describe("a feed of an operator", () => {
  it("is added, pulled, listed, paused, changed and removed, and every step is written down", async () => {
    body = csv;
    const added = await call("ownFeeds.add", feed());
    expect(added.data).toMatchObject({
      id: "own-partner-list",
      auth: { kind: "header", name: "X-Api-Key", stored: true },
      licence: { redistribution: "no" },
      lifetime_days: 14,
    });
    expect(added.text).not.toContain(secret);

    const [definition] = await loadOwnFeeds(t.deps.context);
    if (!definition) throw new Error("not loaded");
    const pull = () =>
      runFeed(t.deps.context, definition, { node: "test", trigger: "manual", settings: t.deps.feedSettings });
    asked = [];
    expect(await pull()).toMatchObject({ status: "partial", good: 2, bad: 1, iocsNew: 2 });
    expect(asked[0]?.headers["x-api-key"]).toBe(secret);
    const list = await call("feeds.list", undefined, t.stranger, t, "GET");
    const feeds = list.data as unknown as { id: string }[];
    const shown = feeds.find(({ id }) => id === added.data.id);
    expect(shown).toMatchObject({
      own: true,
      state: "on",
      status: "partial",
      circuit: "closed",
      tlp: "amber",
      iocs: 2,
    });
    expect(list.text).not.toContain("list.csv");
    const [held] = await t.deps.db.sql.query<{ days: number }>(
      "SELECT extract(day FROM valid_until - last_seen)::int4 AS days FROM ioc WHERE value = 'evil.example'",
    );
    expect(held?.days).toBe(14);

    await call("feeds.setEnabled", { feed_id: added.data.id, enabled: false });
    await call("feeds.setEnabled", { feed_id: added.data.id, enabled: true });
    const kept = await call("ownFeeds.change", {
      ...feed({ name: "Renamed" }),
      id: added.data.id,
      auth: { kind: "header", name: "X-Api-Key" },
    });
    expect(kept.data).toMatchObject({ id: "own-partner-list", name: "Renamed", auth: { stored: true } });
    expect((await loadOwnFeeds(t.deps.context))[0]?.own?.key).toBe(secret);

    const removed = await call("ownFeeds.remove", { id: added.data.id });
    expect(removed.data).toEqual({ id: "own-partner-list", values: 2 });
    expect(await loadOwnFeeds(t.deps.context)).toEqual([]);
    expect(await t.deps.db.prisma.ioc.count()).toBe(2);
    const events = await t.deps.db.prisma.auditEvent.findMany({
      where: { targetId: added.data.id },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ action }) => action)).toEqual([
      "feed.add",
      "feed.pause",
      "feed.resume",
      "feed.change",
      "feed.remove",
    ]);
    const everything = JSON.stringify([
      events.map(({ details }) => details),
      t.lines,
      await t.deps.db.sql.query("SELECT * FROM feed_run"),
    ]);
    expect(everything).not.toContain(secret);
  });

  it("keeps its secret sealed, and sends it to no other host", async () => {
    body = csv;
    const { data } = await call("ownFeeds.add", feed({ name: "Sealed" }));
    const [row] = await t.deps.db.sql.query<{ secret: string }>("SELECT secret FROM own_feed WHERE id = $1", [data.id]);
    expect(row?.secret).toMatch(/^s1\./);
    expect(row?.secret).not.toContain(secret);
    const auth = { kind: "header", name: "X-Api-Key" };
    const elsewhere = { ...feed(), id: data.id, url: "https://elsewhere.example/list", auth };
    for (const procedure of ["ownFeeds.change", "ownFeeds.preview"]) {
      const input = procedure === "ownFeeds.change" ? elsewhere : { ...pick(elsewhere), id: data.id };
      const { status, text } = await call(procedure, input);
      expect([status, text]).toEqual([400, expect.stringContaining("auth.secret")]);
    }
    asked = [];
    await call("ownFeeds.preview", { ...pick(feed()), id: data.id, auth });
    expect(asked[0]?.headers["x-api-key"]).toBe(secret);
    expect((await call("ownFeeds.get", { id: data.id }, t.operator, t, "GET")).text).not.toContain(secret);
    await call("ownFeeds.remove", { id: data.id });
  });

  it("is for operators alone", async () => {
    for (const who of [t.member, t.stranger]) {
      for (const [procedure, input] of [
        ["ownFeeds.add", feed()],
        ["ownFeeds.preview", pick(feed())],
        ["ownFeeds.remove", { id: "own-x" }],
        ["feeds.review", { feed_id: "own-x", run_id: "00000000-0000-4000-8000-000000000000", decision: "accept" }],
      ] as const) {
        expect([procedure, (await call(procedure, input, who)).status]).toEqual([procedure, 403]);
      }
    }
  });

  it.each([
    ["url", { url: "ftp://feed.example/x", auth: {} }],
    ["url", { url: "https://ada:pass@feed.example/x" }],
    ["url", { url: "https://feed.example/{key}" }],
    ["url", { url: "https://{key}.example/x", auth: { kind: "url", secret: "x" } }],
    ["auth.secret", { auth: { kind: "bearer" } }],
    ["auth.name", { auth: { kind: "header", name: "Host", secret: "x" } }],
    ["auth.name", { auth: { kind: "header", name: "X\nY", secret: "x" } }],
    ["mapping.fields.value", { mapping: { fields: {} } }],
    ["mapping.fields.value", { mapping: { header: "none", fields: { value: "ip" } } }],
    ["mapping.path", { mapping: { path: "a b" } }],
    ["interval_seconds", { interval_seconds: 10 }],
    ["licence.url", { licence: { url: "javascript:alert(1)" } }],
    ["tlp", { tlp: "white" }],
    ["tlp", { tlp: "red" }],
  ])("is refused with a word on %s: %j", async (field, overrides) => {
    const { status, text } = await call("ownFeeds.add", feed({ name: "Bad", ...overrides }));
    expect([status, text]).toEqual([400, expect.stringContaining(field)]);
  });
});

describe("where private addresses are closed", () => {
  let closed: TestApp;
  beforeAll(async () => {
    closed = await buildTestApp({ env: { TOCSIN_FEEDS: "tor-bulk" } });
  });
  afterAll(() => closed.close());

  it.each([
    "http://127.0.0.1:8080/",
    "http://[::1]/",
    "http://localhost/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::ffff:127.0.0.1]/",
  ])("refuses %s before anything is asked", async (url) => {
    const { status, text } = await call(
      "ownFeeds.preview",
      { ...pick(feed()), url, auth: {} },
      closed.operator,
      closed,
    );
    expect([status, text]).toEqual([400, expect.stringContaining("url")]);
  });

  it("does not follow a name that leads inside", async () => {
    asked = [];
    const url = `http://localtest.example:${new URL(origin).port}/`;
    const inside = await call("ownFeeds.preview", { ...pick(feed()), url, auth: {} }, closed.operator, closed);
    expect(inside.data.problem).toMatch(/has no address|could not be resolved|not on the open internet/);
    expect(asked).toEqual([]);
  });
});

/** What a look takes of a feed. */
function pick({
  url,
  format,
  mapping,
  auth,
}: Pick<ReturnType<typeof feed>, "url" | "format" | "mapping"> & { auth: object }) {
  return { url, format, mapping, auth };
}
