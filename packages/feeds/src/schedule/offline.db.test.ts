import type { Log } from "@tocsin/core/context";
import { readConnectivity, syncFeeds } from "@tocsin/core/runs";
import { expect, it } from "vitest";
import { runFeed } from "../pull/run-feed";
import { testFeed } from "../testing/feed";
import { openPulls } from "../testing/pulls";
import { testLimits, testServer } from "../testing/server";

const said: string[] = [];
const keep = (level: string) => (_fields: object, message: string) => void said.push(`${level}: ${message}`);
const log: Log = { debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") };
const { ctx, db, server, settings } = await openPulls("offline", { log });
const limits = { ...testLimits, attempts: 1 };

const rows = () =>
  db.sql.query<{ id: string; failures: number; unreachable: boolean; wait: number }>(
    `SELECT id, failures, unreachable, EXTRACT(epoch FROM next_due_at - now())::int AS wait FROM feed
     WHERE id LIKE 'feed-%' ORDER BY id`,
  );

it("a network that is away is said once, keeps no feed's failures, and is waited for; the first answer ends that", async () => {
  const closed = await testServer();
  await closed.close();
  const feeds = Array.from({ length: 12 }, (_, n) =>
    testFeed([{ name: "list.txt", url: `${closed.origin}/${n}` }], { id: `feed-${10 + n}` }),
  );
  await syncFeeds(ctx, feeds);
  const pull = (feed: (typeof feeds)[number]) =>
    runFeed(ctx, feed, { node: "test", trigger: "manual", settings, limits });
  for (const feed of feeds) expect((await pull(feed)).status).toBe("failed");

  expect((await readConnectivity(ctx)).offline).toBe(true);
  expect(said.filter((line) => line.startsWith("warn: no feed can be reached"))).toHaveLength(1);
  // The first three were told of before anybody could know.
  expect(said.filter((line) => line === "info: feed pulled")).toHaveLength(3);
  const away = await rows();
  expect(away.every(({ unreachable }) => unreachable)).toBe(true);
  expect(away.map(({ failures }) => failures)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(Math.min(...away.slice(3).map(({ wait }) => wait))).toBeGreaterThan(700);

  server.answer((_request, response) => response.end("192.0.2.1\n"));
  const back = testFeed([{ name: "list.txt", url: `${server.origin}/list` }], { id: "feed-10" });
  expect((await pull(back)).status).toBe("ok");
  expect((await readConnectivity(ctx)).offline).toBe(false);
  const awake = await rows();
  expect(awake.slice(1).every(({ wait }) => wait <= 300)).toBe(true);
  expect(said.filter((line) => line.includes("can be reached again"))).toHaveLength(1);
});

it("a server that answers with an error is no sign of a network that is away", async () => {
  server.answer((_request, response) => response.writeHead(404).end());
  const feeds = Array.from({ length: 4 }, (_, n) =>
    testFeed([{ name: "list.txt", url: `${server.origin}/${n}` }], { id: `feed-${n}` }),
  );
  await syncFeeds(ctx, feeds);
  for (const feed of feeds) await runFeed(ctx, feed, { node: "test", trigger: "manual", settings, limits });
  expect((await readConnectivity(ctx)).offline).toBe(false);
  expect((await rows()).map(({ failures }) => failures)).toEqual([1, 1, 1, 1]);
});
