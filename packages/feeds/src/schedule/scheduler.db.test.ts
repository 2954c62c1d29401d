import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@tocsin/core/context";
import { syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { FeedDefinition, FeedSettings } from "../definition/feed";
import type { FetchLimits } from "../fetch/limits";
import { testFeed } from "../testing/feed";
import { endless, type TestServer, testLimits, testServer } from "../testing/server";
import { type Scheduler, startScheduler } from "./scheduler";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-scheduler-"));
const settings: FeedSettings = { keys: {}, spoolDir: path.join(root, "spool"), publicUrl: "", version: "0" };
let db: Db;
let ctx: Context;
let server: TestServer;
let scheduler: Scheduler | undefined;

beforeAll(async () => {
  [db, server] = await Promise.all([testDb(), testServer()]);
  ctx = testContext(db);
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  fs.rmSync(root, { recursive: true });
});
beforeEach(() => db.sql.query("TRUNCATE feed, feed_run, own_feed, ioc, sighting"));
afterEach(async () => {
  await scheduler?.stop();
  scheduler = undefined;
});

async function feedsOf(count: number, overrides: Parameters<typeof testFeed>[1] = {}): Promise<FeedDefinition[]> {
  const feeds = Array.from({ length: count }, (_, i) =>
    testFeed([{ name: "list.txt", url: `${server.origin}/${i}` }], { id: `feed-${i}`, ...overrides }),
  );
  await syncFeeds(ctx, feeds);
  return feeds;
}

type Options = { concurrency?: number; limits?: FetchLimits };
const start = (feeds: readonly FeedDefinition[], context = ctx, options: Options = {}) =>
  startScheduler(context, { feeds, node: "one", settings, tickMs: 30, limits: testLimits, ...options });

async function until(what: () => boolean | Promise<boolean>, ms = 120_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > end) {
      const rows = await db.sql.query("SELECT feed_id, status, error FROM feed_run");
      throw new Error(`it did not happen in time: ${JSON.stringify([rows, server.requests.length])}`);
    }
    await sleep(10);
  }
}

async function runs(status: string): Promise<number> {
  const [row] = await db.sql.query<{ n: number }>("SELECT count(*) AS n FROM feed_run WHERE status = $1", [status]);
  return row?.n ?? -1;
}

it("pulls each due feed once, no more at a time than it may", async () => {
  let open = 0;
  let most = 0;
  server.answer(async (_request, response) => {
    most = Math.max(most, ++open);
    // The first wait until as many are under way as may be.
    await until(() => most >= 3);
    await sleep(30);
    open--;
    response.end("45.1.1.1\n");
  });
  const feeds = await feedsOf(7);
  await db.sql.query("UPDATE feed SET enabled = false WHERE id = 'feed-3'");
  await db.sql.query("UPDATE feed SET next_due_at = now() + interval '1 hour' WHERE id = 'feed-4'");
  scheduler = start(feeds, ctx, { concurrency: 3 });
  await until(async () => (await runs("ok")) === 5);
  await sleep(200);
  expect(server.requests.map(({ url }) => url).sort()).toEqual(["/0", "/1", "/2", "/5", "/6"]);
  expect(most).toBe(3);
});

it("leaves a failing feed for its backoff and a keyless one alone", async () => {
  server.answer((_request, response) => response.writeHead(404).end());
  const [feed] = await feedsOf(1);
  const keyless = { ...testFeed([]), id: "keyless", needsKey: "TOCSIN_ABUSECH_KEY" as const };
  await syncFeeds(ctx, [keyless]);
  scheduler = start(feed ? [feed, keyless] : []);
  await until(async () => (await runs("failed")) === 1);
  await sleep(200);
  expect(await runs("failed")).toBe(1);
  expect(server.requests).toHaveLength(1);
});

it("does not let feeds that may not be pulled yet keep the others waiting", async () => {
  server.answer((_request, response) => response.end("45.1.1.1\n"));
  const early = await feedsOf(3, { minSeconds: 3_600 });
  scheduler = start(early);
  await until(async () => (await runs("ok")) === 3);
  await scheduler.stop();
  await db.sql.query("UPDATE feed SET next_due_at = now() - interval '1 day'");
  const feeds = await feedsOf(4);
  scheduler = start([...early, ...feeds.slice(3)]);
  await until(async () => (await runs("ok")) === 4);
  expect(server.requests.at(-1)?.url).toBe("/3");
});

it("ends running pulls when it stops, and leaves their feeds free and due", async () => {
  server.answer((_request, response) => response.write("45."));
  scheduler = start(await feedsOf(2), ctx, { limits: endless });
  await until(() => server.requests.length === 2);
  await scheduler.stop();
  expect(await runs("lost")).toBe(2);
  expect(await runs("running")).toBe(0);
  const rows = await db.sql.query("SELECT 1 FROM feed WHERE claimed_by IS NULL AND next_due_at <= now()");
  expect(rows).toHaveLength(2);
  await sleep(100);
  expect(server.requests).toHaveLength(2);
  expect(fs.readdirSync(settings.spoolDir)).toEqual([]);
});

it("outlives a database that does not answer for a while", async () => {
  server.answer((_request, response) => response.end("45.1.1.1\n"));
  const feeds = await feedsOf(1);
  let failures = 0;
  const errors: string[] = [];
  const query: Context["sql"]["query"] = (text, values) => {
    if (failures >= 3) return ctx.sql.query(text, values);
    failures++;
    return Promise.reject(new Error("the database is away"));
  };
  const log = { ...ctx.log, error: (_fields: object, message: string) => errors.push(message) };
  scheduler = start(feeds, { ...ctx, sql: { ...ctx.sql, query }, log });
  await until(async () => (await runs("ok")) === 1);
  expect(errors).toEqual(Array.from({ length: 3 }, () => "the scheduler could not ask what is due"));
});

it("stops at once when it has just begun or has nothing to do", async () => {
  const idle = start([]);
  await idle.stop();
  await idle.stop();
  const fresh = start(await feedsOf(1));
  await fresh.stop();
  expect(await runs("running")).toBe(0);
});
