import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { authenticated } from "@tocsin/core/access";
import { noOrigin } from "@tocsin/core/context";
import { addOwnFeed, removeOwnFeed } from "@tocsin/core/own-feeds";
import { addOwnFeedInput } from "@tocsin/core/own-feeds/shape";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadOwnFeeds } from "../own/load";
import { type TestServer, testLimits, testServer } from "../testing/server";
import { startScheduler } from "./scheduler";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-own-scheduler-"));
let db: Db;
let server: TestServer;
beforeAll(async () => {
  [db, server] = await Promise.all([testDb(), testServer()]);
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  fs.rmSync(root, { recursive: true });
});

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; !(await what()); await sleep(20)) {
    if (Date.now() > end) throw new Error("it did not happen in time");
  }
}

it("a feed that is added while two nodes run is pulled by one of them, and no more once it is removed", async () => {
  const ctx = testContext(db);
  const operator = { ...ctx, caller: authenticated({ kind: "system", name: "test" }), origin: noOrigin } as const;
  const settings = { keys: {}, spoolDir: path.join(root, "spool"), publicUrl: "", version: "0", privateFeeds: true };
  const nodes = ["one", "two"].map((node) =>
    startScheduler(ctx, {
      feeds: [],
      ownFeeds: () => loadOwnFeeds(ctx),
      node,
      settings,
      tickMs: 30,
      limits: testLimits,
    }),
  );
  try {
    server.answer((_request, response) => response.end("45.60.1.1\n45.60.1.2\n"));
    await sleep(200);
    const input = addOwnFeedInput.parse({
      name: "Überall böse! / list",
      url: `${server.origin}/list.txt?k={key}`,
      format: "plain",
      auth: { kind: "url", secret: "p@ss word/1" },
    });
    const { data } = await addOwnFeed(operator, input, { privateFeeds: true });
    expect(data.id).toBe("own-uberall-bose-list");
    expect((await addOwnFeed(operator, input, { privateFeeds: true })).data.id).toMatch(
      /^own-uberall-bose-list-[0-9a-f]{8}$/,
    );
    await until(async () => (await db.prisma.feedRun.count({ where: { status: "ok" } })) === 2);
    expect(server.requests.map(({ url }) => url)).toEqual(Array(2).fill("/list.txt?k=p%40ss%20word%2F1"));
    const ioc = await db.prisma.ioc.findFirstOrThrow({ where: { value: "45.60.1.1" } });
    expect([...ioc.sources].sort()[0]).toBe("own-uberall-bose-list");

    await removeOwnFeed(operator, { id: data.id });
    await db.sql.query("UPDATE feed SET next_due_at = now(), enabled = true");
    await until(async () => (await db.prisma.feedRun.count()) === 3);
    await sleep(300);
    expect(await db.prisma.feedRun.count({ where: { feedId: data.id } })).toBe(1);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
});
