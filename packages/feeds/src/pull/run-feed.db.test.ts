import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import zlib from "node:zlib";
import type { Context, Log } from "@tocsin/core/context";
import { claimRun, listRuns, listRunsInput, syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FeedDefinition, FeedSettings } from "../definition/feed";
import { testFeed } from "../testing/feed";
import { endless, type TestServer, testLimits, testServer } from "../testing/server";
import { keepLease } from "./lease";
import type { FeedProgress, RunFeedOptions } from "./pull";
import { type RunReport, runFeed } from "./run-feed";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-run-"));
const logged: string[] = [];
const note = (fields: object, message: string) => {
  logged.push(
    `${message} ${JSON.stringify(fields, (_key, value) => (value instanceof Error ? value.message : value))}`,
  );
};
const log: Log = { debug: note, info: note, warn: note, error: note };

let db: Db;
let ctx: Context;
let server: TestServer;
beforeAll(async () => {
  [db, server] = await Promise.all([testDb(), testServer()]);
  ctx = testContext(db, { log });
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  fs.rmSync(root, { recursive: true });
});
beforeEach(async () => {
  await db.sql.query("TRUNCATE feed, feed_run, own_feed, ioc, sighting");
  await syncFeeds(ctx, [{ id: "plain", name: "Plain list", category: "threat-feed" }]);
  logged.length = 0;
});

const settings: FeedSettings = {
  keys: {},
  spoolDir: path.join(root, "spool"),
  publicUrl: "https://tocsin.example",
  version: "0.1.0",
};

function pull(feed: FeedDefinition, overrides: Partial<RunFeedOptions> = {}): Promise<RunReport> {
  return runFeed(ctx, feed, { node: "one", trigger: "manual", settings, limits: testLimits, ...overrides });
}

const web = (...names: string[]) => testFeed(names.map((name) => ({ name, url: `${server.origin}/${name}` })));

const serve = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  server.answer((_request, response) => response.writeHead(200, headers).end(body));

const addresses = (count: number, net = 10) =>
  Array.from({ length: count }, (_, i) => `45.${net}.${i >> 8}.${i & 255}\n`).join("");

async function stored(): Promise<number> {
  const [row] = await db.sql.query<{ n: number }>("SELECT count(*) AS n FROM ioc");
  return row?.n ?? -1;
}

async function lastRun() {
  return (await listRuns(ctx, listRunsInput.parse({ feed_id: "plain", limit: "1" }))).data[0];
}

async function feedRow() {
  const [row] = await db.sql.query<{ wait: number; claimed_by: string | null; failures: number }>(
    "SELECT extract(epoch FROM next_due_at - now())::float8 AS wait, claimed_by, failures FROM feed WHERE id = 'plain'",
  );
  return row;
}

describe("a pull that goes well", () => {
  it("merges what the feed says and counts it", async () => {
    serve(`# list\n${addresses(12_000)}?what\n45.11.0.1|no ioc\n!!!\n`, { ETag: '"1"' });
    const seen: FeedProgress[] = [];
    const report = await pull(web("list.txt"), { onProgress: (progress) => seen.push(progress) });
    expect(report).toMatchObject({
      status: "ok",
      error: null,
      files: 1,
      lines: 12_004,
      good: 12_001,
      bad: 3,
      iocsNew: 12_001,
      sightingsNew: 12_001,
    });
    expect(await stored()).toBe(12_001);
    const run = await lastRun();
    expect(run).toMatchObject({ id: report.runId, status: "ok", good: 12_001, bad: 3, trigger: "manual", node: "one" });
    expect(run?.bad_lines.map(({ file, line, text }) => [file, line, text])).toEqual([
      ["list.txt", 12_002, "?what"],
      ["list.txt", 12_003, "45.11.0.1|no ioc"],
      ["list.txt", 12_004, "!!!"],
    ]);
    expect(seen.map(({ phase }) => phase)).toEqual(expect.arrayContaining(["fetch", "check", "merge", "done"]));
    expect(seen.at(-1)).toMatchObject({ phase: "done", good: 12_001, bad: 3, lines: 12_004 });
    expect(await feedRow()).toMatchObject({ claimed_by: null, failures: 0 });
    expect((await feedRow())?.wait).toBeGreaterThan(3_500);
    expect(fs.readdirSync(settings.spoolDir)).toEqual([]);
  });

  it("changes nothing the second time, with a 304 and without", async () => {
    server.answer((request, response) => {
      response.setHeader("ETag", '"1"').statusCode = request.headers["if-none-match"] === '"1"' ? 304 : 200;
      response.end(response.statusCode === 200 ? addresses(10) : undefined);
    });
    expect(await pull(web("list.txt"))).toMatchObject({ status: "ok", iocsNew: 10 });
    expect(await pull(web("list.txt"))).toMatchObject({ status: "unchanged", files: 0, good: 0, error: null });
    serve(addresses(10));
    expect(await pull(web("list.txt"))).toMatchObject({ status: "ok", good: 10, iocsNew: 0, iocsChanged: 0 });
    expect(await stored()).toBe(10);
  });

  it("asks without a condition again when the last full reading is half a day old", async () => {
    serve(addresses(1), { ETag: '"1"' });
    await pull(web("list.txt"));
    await db.sql.query("UPDATE feed SET etag = replace(etag, '2026-', '2025-')");
    await pull(web("list.txt"));
    expect(server.requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, undefined]);
    await pull(web("list.txt"));
    expect(server.requests[2]?.headers["if-none-match"]).toBe('"1"');
  });

  it("keeps at most fifty bad lines, each of 200 characters that any database takes", async () => {
    serve(`${addresses(600)}${`?${"x".repeat(190)}\u0000\u00ff${"y".repeat(300)}\n`.repeat(60)}`);
    const report = await pull(web("list.txt"));
    expect(report).toMatchObject({ status: "ok", good: 600, bad: 60 });
    const run = await lastRun();
    expect(run?.bad_lines).toHaveLength(50);
    expect(run?.bad_lines[0]?.text).toHaveLength(200);
  });

  it("keeps the good half of a body, and says that the other half could not be read", async () => {
    serve(`${addresses(30)}${"?broken\n".repeat(30)}`);
    expect(await pull(web("list.txt"))).toMatchObject({
      status: "partial",
      good: 30,
      bad: 30,
      iocsNew: 30,
      error: "30 of 60 records could not be read",
    });
    expect((await lastRun())?.bad_lines[0]).toMatchObject({ line: 31, text: "?broken" });
  });

  it("takes an empty list for good, and warns when thousands are gone", async () => {
    serve(addresses(1_200));
    await pull(web("list.txt"));
    serve("# nothing today\n");
    const report = await pull(web("list.txt"));
    expect(report).toMatchObject({
      status: "ok",
      good: 0,
      warnings: [expect.stringContaining("only 0 records after 1200")],
    });
    expect((await lastRun())?.error).toContain("only 0 records after 1200");
    expect(await stored()).toBe(1_200);
  });

  it("splits a record that is larger than a batch and counts it once", async () => {
    serve(`${addresses(6_001).trimEnd().replaceAll("\n", "|")}\n45.12.0.1\n`);
    expect(await pull(web("list.txt"))).toMatchObject({ status: "ok", good: 2, bad: 0, iocsNew: 6_002 });
  });
});

describe("a pull that fails", () => {
  const cases: [string, string | Uint8Array, Record<string, string>, RegExp][] = [
    ["an empty body", "", {}, /list\.txt: the body is empty/],
    ["a web page with status 200", "<!doctype html><p>hi", { "Content-Type": "text/plain" }, /is a web page/],
    ["an error in JSON", '{"query_status":"unknown_auth_key"}', {}, /unknown_auth_key/],
    ["a body of another layout", "%PDX-1.4\n", {}, /fits none of the feed's layouts: plain/],
    ["a body that its reader calls cut", `${addresses(6_000)}45.9.`, {}, /seems to be cut: its last line has no end/],
    ["a body without one good record", "#\n?a\n?b\n", {}, /none of 2 records could be read; the first: is no record/],
    ["an error with what no database takes", '{"error":"a\\u0000b \\ud800"}', {}, /error of the vendor: a␀b \ufffd/],
    ["a cut gzip", zlib.gzipSync(addresses(6_000)).subarray(0, -20), {}, /damaged or cut/],
    ["a bomb", zlib.gzipSync(Buffer.alloc(3_000_000, "45.1.1.1\n")), {}, /unpacked body is larger/],
  ];
  it.each(cases)("because of %s merges nothing and says why", async (_name, body, headers, reason) => {
    serve(addresses(3, 20), { ETag: '"good"' });
    await pull(web("list.txt"));
    serve(body, { ETag: '"bad"', ...headers });
    const report = await pull(web("list.txt"));
    expect(report).toMatchObject({ status: "failed", good: 0, iocsNew: 0, error: expect.stringMatching(reason) });
    expect(await lastRun()).toMatchObject({ status: "failed", error: report.error });
    expect(await stored()).toBe(3);
    expect(await feedRow()).toMatchObject({ claimed_by: null, failures: 1 });
    await pull(web("list.txt"));
    expect(server.requests.at(-1)?.headers["if-none-match"]).toBe('"good"');
    expect(fs.readdirSync(settings.spoolDir)).toEqual([]);
  });

  it("waits longer after each failure, and at least as long as the vendor asks", async () => {
    server.answer((_request, response) => response.writeHead(404).end());
    await pull(web("list.txt"));
    const first = (await feedRow())?.wait ?? 0;
    await pull(web("list.txt"));
    const second = (await feedRow())?.wait ?? 0;
    expect(first).toBeGreaterThan(235);
    expect(first).toBeLessThan(365);
    expect(second).toBeGreaterThan(475);
    server.answer((_request, response) => response.writeHead(429, { "Retry-After": "7000" }).end());
    await pull(web("list.txt"));
    expect((await feedRow())?.wait).toBeGreaterThan(6_900);
  });

  it("shows the vendor's key nowhere", async () => {
    const key = "k3y/of+vendor";
    const feed = testFeed(
      [{ name: "list.txt", url: `${server.origin}/{key}/list.txt`, headers: { "Auth-Key": "{key}" } }],
      {
        needsKey: "TOCSIN_ABUSECH_KEY",
      },
    );
    const withKey = { settings: { ...settings, keys: { TOCSIN_ABUSECH_KEY: key } } };
    const echoes = [
      `{"error":"the key ${key} is not known"}`,
      `{"error":"GET /${encodeURIComponent(key)}/list.txt"}`,
      `45.1.1.1\n?your key is ${key}\n45.1.1.2 ${encodeURIComponent(key)}\n`,
    ];
    for (const echo of echoes) {
      serve(echo);
      const report = await pull(feed, withKey);
      expect(server.requests[0]).toMatchObject({
        url: `/${encodeURIComponent(key)}/list.txt`,
        headers: { "auth-key": key },
      });
      const shown = JSON.stringify([report, await lastRun(), logged]);
      expect(shown).toContain("***");
      expect(shown).not.toContain("k3y");
    }
    expect(await pull(feed)).toMatchObject({ status: "skipped", error: "TOCSIN_ABUSECH_KEY is not set", runId: null });
  });

  it("is closed when the database refuses a batch, without the refused values", async () => {
    serve(addresses(3));
    const broken = {
      ...ctx,
      sql: {
        ...ctx.sql,
        query: ((text: string, values?: readonly unknown[]) =>
          text.includes("sighting") && !text.includes("feed_run")
            ? ctx.sql.query("SELECT $1::int", ["45.10.0.1"])
            : ctx.sql.query(text, values)) as typeof ctx.sql.query,
      },
    };
    const report = await runFeed(broken, web("list.txt"), {
      node: "one",
      trigger: "manual",
      settings,
      limits: testLimits,
    });
    expect(report.status).toBe("failed");
    expect(report.error).toMatch(/an unexpected error ended the run/);
    expect(report.error).not.toContain("45.10.0.1");
    expect(await feedRow()).toMatchObject({ claimed_by: null, failures: 1 });
  });
});

describe("a feed of several files", () => {
  it("merges those that are there, names those that are not, and keeps each one's validator", async () => {
    server.answer((request, response) => {
      if (request.url === "/b.txt") response.writeHead(404).end();
      else response.setHeader("ETag", `"${request.url}"`).end(addresses(5, request.url === "/a.txt" ? 1 : 2));
    });
    const report = await pull(web("a.txt", "b.txt", "c.txt"));
    expect(report).toMatchObject({ status: "partial", files: 2, good: 10 });
    expect(report.error).toMatch(/^b\.txt: 127\.0\.0\.1:\d+ answered with HTTP 404$/);
    await pull(web("a.txt", "b.txt", "c.txt"));
    expect(server.requests.slice(3).map(({ headers }) => headers["if-none-match"])).toEqual([
      '"/a.txt"',
      undefined,
      '"/c.txt"',
    ]);
  });
});

describe("a run that is not this node's", () => {
  it("is skipped while another node has the feed", async () => {
    await claimRun(ctx, { feedId: "plain", node: "two", trigger: "manual", leaseSeconds: 60 });
    serve(addresses(1));
    expect(await pull(web("list.txt"))).toMatchObject({
      status: "skipped",
      runId: null,
      error: "another node is pulling it",
    });
    expect(server.requests).toEqual([]);
  });

  it("is not pulled again sooner than the vendor allows, though by hand", async () => {
    serve(addresses(1));
    const feed = { ...web("list.txt"), minSeconds: 3_600 };
    expect(await pull(feed)).toMatchObject({ status: "ok" });
    expect(await pull(feed)).toMatchObject({ status: "skipped", error: expect.stringContaining("a short while ago") });
    expect(server.requests).toHaveLength(1);
  });

  it("leaves the other's run alone when its own lease was taken over on the way", async () => {
    let other: string | undefined;
    server.answer(async (_request, response) => {
      await db.sql.query("UPDATE feed SET claimed_until = now() - interval '1 second'");
      other = (await claimRun(ctx, { feedId: "plain", node: "two", trigger: "manual", leaseSeconds: 60 }))?.id;
      response.end(addresses(1));
    });
    expect(await pull(web("list.txt"))).toMatchObject({ status: "lost" });
    expect(await feedRow()).toMatchObject({ claimed_by: other });
    const { data } = await listRuns(ctx, listRunsInput.parse({}));
    expect(data.map(({ node, status }) => `${node} ${status}`).sort()).toEqual(["one lost", "two running"]);
  });

  it("is renewed on the way, through a database that does not answer, until another has the feed", async () => {
    const run = await claimRun(ctx, { feedId: "plain", node: "one", trigger: "manual", leaseSeconds: 60 });
    if (!run) throw new Error("not claimed");
    // As when the time that it was claimed for is nearly over.
    await db.sql.query("UPDATE feed SET claimed_until = now() + interval '30 seconds'");
    let refusals = 2;
    const query: Context["sql"]["query"] = (text, values) =>
      refusals-- > 0 ? Promise.reject(new Error("away")) : ctx.sql.query(text, values);
    const counts = { files: 0, bytes: 9, lines: 0, good: 7, bad: 0, iocsNew: 0, iocsChanged: 0, sightingsNew: 0 };
    const progress = { phase: "merge", file: "list.txt", bytes: 9, total_bytes: 90 } as const;
    let losses = 0;
    const lease = keepLease({ ...ctx, sql: { ...ctx.sql, query } }, run, { counts, progress }, () => losses++, 20);
    const renewed = "SELECT FROM feed WHERE claimed_until > now() + interval '40 seconds'";
    while ((await db.sql.query(renewed)).length === 0) await sleep(10);
    expect(refusals).toBeLessThan(0);
    const other = { feedId: "plain", node: "two", trigger: "manual", leaseSeconds: 60 } as const;
    expect(await claimRun(ctx, other)).toBeNull();
    expect(await lastRun()).toMatchObject({ bytes: 9, good: 7, progress });
    expect(losses).toBe(0);
    await db.sql.query("UPDATE feed SET claimed_by = gen_random_uuid()");
    while (losses === 0) await sleep(10);
    await sleep(100);
    expect(losses).toBe(1);
    await lease.stop();
  });

  it("is given back at once when it is stopped", async () => {
    server.answer((_request, response) => response.write("45."));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const report = await pull(web("list.txt"), { signal: stop.signal, limits: endless });
    expect(report).toMatchObject({ status: "lost", error: "stopped before its end" });
    expect(await feedRow()).toMatchObject({ claimed_by: null, failures: 0 });
    expect((await feedRow())?.wait).toBeLessThanOrEqual(0);
  });
});

describe("a mirror", () => {
  const mirror = path.join(root, "mirror");
  const dir = path.join(mirror, "plain");
  const mirrored = { settings: { ...settings, mirror } };
  beforeEach(() => {
    fs.rmSync(mirror, { recursive: true, force: true });
    fs.mkdirSync(dir, { recursive: true });
  });

  it("is read in place of the network, needs no key and no wait", async () => {
    server.answer((_request, response) => response.end());
    const feed = { ...web("list.txt"), minSeconds: 3_600, needsKey: "TOCSIN_ABUSECH_KEY" as const };
    fs.writeFileSync(path.join(dir, "b.txt"), addresses(2, 1));
    fs.writeFileSync(path.join(dir, "a.txt.gz"), zlib.gzipSync(addresses(3, 2)));
    expect(await pull(feed, mirrored)).toMatchObject({ status: "ok", files: 2, good: 5, iocsNew: 5 });
    expect(await pull(feed, mirrored)).toMatchObject({ status: "unchanged", files: 0, good: 0 });
    const later = new Date(Date.now() + 5_000);
    fs.utimesSync(path.join(dir, "b.txt"), later, later);
    expect(await pull(feed, mirrored)).toMatchObject({ status: "unchanged", files: 0 });
    fs.writeFileSync(path.join(dir, "b.txt"), addresses(4, 1));
    expect(await pull(feed, mirrored)).toMatchObject({ status: "ok", files: 1, good: 4, iocsNew: 2 });
    expect(server.requests).toEqual([]);
  });

  it("fails when the feed's folder is missing or empty", async () => {
    expect(await pull(web("list.txt"), mirrored)).toMatchObject({
      status: "failed",
      error: 'TOCSIN_FEED_MIRROR: the mirror\'s folder "plain" holds no file',
    });
    fs.rmSync(dir, { recursive: true });
    expect(await pull(web("list.txt"), mirrored)).toMatchObject({
      status: "failed",
      error: 'TOCSIN_FEED_MIRROR: the mirror has no folder "plain"',
    });
  });
});
