import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "./client";
import { emptyDatabaseUrl, type TestDatabase } from "./testing";
import { type HangingProxy, startHangingProxy } from "./testing-proxy";

let database: TestDatabase;
let proxy: HangingProxy;
let db: Db;
beforeAll(async () => {
  database = await emptyDatabaseUrl();
  proxy = await startHangingProxy(database.url);
  db = await createDb({ url: proxy.url, connections: 2, watched: true });
}, 60_000);
afterAll(async () => {
  proxy.resume();
  await db.close();
  await proxy.close();
  await database.drop();
});

const patience = { timeout: 60_000, interval: 50 };
const one = () => db.sql.query<{ n: number }>("SELECT 1 AS n");
const silent = { code: "08006" };

describe("a server whose packets are swallowed", () => {
  it("fails what waits, and what comes, until it answers again", { timeout: 180_000 }, async () => {
    await Promise.all([one(), one()]);
    proxy.hang();
    // Two on connections that are there, two that wait for one, and a transaction of Prisma's.
    const waiting = await Promise.allSettled([
      one(),
      one(),
      one(),
      db.sql.begin(({ query }) => query("SELECT 1")),
      db.prisma.$transaction([db.prisma.$queryRaw`SELECT 1`]),
    ]);
    expect(waiting.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
    expect(db.answers()).toBe(false);
    // Nothing is sent any more.
    const before = proxy.connections();
    await expect(one()).rejects.toMatchObject(silent);
    await expect(db.sql.begin(({ query }) => query("SELECT 1"))).rejects.toMatchObject(silent);
    expect(proxy.connections() - before).toBeLessThanOrEqual(1);
    proxy.resume();
    await expect.poll(() => db.answers(), patience).toBe(true);
    expect(await one()).toEqual([{ n: 1 }]);
    expect(await db.prisma.$queryRaw`SELECT 1 AS n`).toEqual([{ n: 1 }]);
  });

  it("ends in spite of it", { timeout: 120_000 }, async () => {
    const other = await createDb({ url: proxy.url, watched: true });
    proxy.hang();
    await expect.poll(() => other.answers(), patience).toBe(false);
    await other.close();
    proxy.resume();
    await expect.poll(() => db.answers(), patience).toBe(true);
  });
});

describe("one connection that hangs", () => {
  it("is cut, and others are not", { timeout: 120_000 }, async () => {
    const hanging = db.sql.begin(async ({ query }) => {
      const [row] = await query<{ port: number }>("SELECT inet_client_port() AS port");
      proxy.hangOnly(row?.port ?? 0);
      return query("SELECT 1");
    });
    await expect(hanging).rejects.toMatchObject(silent);
    expect(db.answers()).toBe(true);
    proxy.resume();
    expect(await one()).toEqual([{ n: 1 }]);
  });

  it("is not suspected when the watch itself is lost", { timeout: 120_000 }, async () => {
    const sleeping = db.sql.begin(async ({ query }) => {
      const [own] = await query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      const others =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid NOT IN ($1, pg_backend_pid())";
      const ending = (async () => {
        for (let n = 0; n < 5; n++) {
          await db.sql.query(others, [own?.pid]).catch(() => {});
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      })();
      const slept = await query<{ n: number }>("SELECT 1 AS n FROM pg_sleep(4)");
      await ending;
      return slept;
    });
    expect(await sleeping).toEqual([{ n: 1 }]);
  });

  it("is told from one whose statement takes long", { timeout: 120_000 }, async () => {
    expect(await db.sql.query("SELECT 1 AS n FROM pg_sleep(6)")).toEqual([{ n: 1 }]);
  });
});
