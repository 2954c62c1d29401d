import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import { createDb, type Db } from "@tocsin/db";
import { testDatabaseUrl } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { FeedSettings } from "../definition/feed";
import { testFeed } from "../testing/feed";
import { type TestServer, testLimits, testServer } from "../testing/server";
import { startScheduler } from "./scheduler";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-nodes-"));
let nodes: Db[];
let server: TestServer;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabaseUrl();
  drop = database.drop;
  nodes = [await createDb({ url: database.url }), await createDb({ url: database.url })];
  server = await testServer();
});
afterAll(async () => {
  await Promise.all([...nodes.map((db) => db.close()), server.close()]);
  await drop();
  fs.rmSync(root, { recursive: true });
});
beforeEach(() => first().sql.query("TRUNCATE feed, feed_run, own_feed, ioc, sighting"));

function first(): Db {
  const [db] = nodes;
  if (!db) throw new Error("no database");
  return db;
}

const startNode = (db: Db, index: number, feeds: Parameters<typeof startScheduler>[1]["feeds"], mirror?: string) => {
  const settings: FeedSettings = {
    keys: {},
    spoolDir: path.join(root, `${index}`),
    publicUrl: "",
    version: "0",
    mirror,
  };
  return startScheduler(testContext(db), {
    feeds,
    node: `node-${index}`,
    settings,
    concurrency: 4,
    tickMs: 10,
    limits: testLimits,
  });
};

type Count = { feed_id: string; node: string; status: string; good: number };
const counts = () => first().sql.query<Count>("SELECT feed_id, node, status, good FROM feed_run");

it("two nodes never pull one feed at once, and share the work", async () => {
  const open = new Map<string, number>();
  let together = 0;
  server.answer(async (request, response) => {
    const url = request.url ?? "";
    const now = (open.get(url) ?? 0) + 1;
    open.set(url, now);
    together = Math.max(together, now);
    await sleep(15);
    open.set(url, now - 1);
    response.end("45.1.1.1\n45.1.1.2\n");
  });
  // Due again as soon as they are done: the nodes fight for every claim.
  const feeds = Array.from({ length: 6 }, (_, i) =>
    testFeed([{ name: "list.txt", url: `${server.origin}/${i}` }], { id: `feed-${i}`, intervalSeconds: 0 }),
  );
  await syncFeeds(testContext(first()), feeds);
  const schedulers = nodes.map((db, i) => startNode(db, i, feeds));
  const isShared = (runs: Count[]) => runs.length > 30 && new Set(runs.map(({ node }) => node)).size === 2;
  for (const end = Date.now() + 120_000; !isShared(await counts()) && Date.now() < end; ) await sleep(100);
  await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
  const runs = await counts();
  expect(together).toBe(1);
  expect(runs.length).toBeGreaterThan(30);
  expect(new Set(runs.map(({ node }) => node))).toEqual(new Set(["node-0", "node-1"]));
  expect(runs.filter(({ status }) => status !== "ok" && status !== "lost")).toEqual([]);
  const overlapping = await first().sql.query(
    `SELECT 1 FROM feed_run a JOIN feed_run b ON a.feed_id = b.feed_id AND a.id < b.id
     WHERE a.started_at < b.finished_at AND b.started_at < a.finished_at`,
  );
  expect(overlapping).toEqual([]);
});

it("two nodes on one mirror pull each feed once and store each value once", async () => {
  const mirror = path.join(root, "mirror");
  const feeds = Array.from({ length: 8 }, (_, i) => testFeed([], { id: `mirrored-${i}` }));
  for (const { id } of feeds) {
    fs.mkdirSync(path.join(mirror, id), { recursive: true });
    const lines = Array.from({ length: 3_000 }, (_, i) => `45.3.${i >> 8}.${i & 255}`);
    // The same values in other orders: what makes two merges wait for each other.
    fs.writeFileSync(
      path.join(mirror, id, "list.txt"),
      `${(Number(id.at(-1)) % 2 ? lines.reverse() : lines).join("\n")}\n`,
    );
  }
  await syncFeeds(testContext(first()), feeds);
  const schedulers = nodes.map((db, i) => startNode(db, i, feeds, mirror));
  const end = Date.now() + 120_000;
  while ((await counts()).filter(({ status }) => status === "ok").length < 8 && Date.now() < end) await sleep(50);
  await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
  const runs = await counts();
  expect(runs.map(({ feed_id, good }) => `${feed_id} ${good}`).sort()).toEqual(feeds.map(({ id }) => `${id} 3000`));
  const [stored] = await first().sql.query<{ iocs: number; sightings: number }>(
    "SELECT (SELECT count(*) FROM ioc) AS iocs, (SELECT count(*) FROM sighting) AS sightings",
  );
  expect(stored).toEqual({ iocs: 3_000, sightings: 24_000 });
});
