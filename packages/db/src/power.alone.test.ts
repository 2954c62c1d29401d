import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "./client";
import { type ShadowDisk, shadowDisk } from "./testing-power";

const onLinux = process.platform === "linux";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin power "));
const data = path.join(folder, "data");
let disk: ShadowDisk;
let db: Db;
let cuts = 0;
beforeAll(async () => {
  fs.mkdirSync(data);
  if (!onLinux) return;
  disk = shadowDisk(data);
  db = await createDb({ dataDir: path.join(data, "db") });
  await db.sql.query("CREATE TABLE answered (n int PRIMARY KEY)");
});
afterAll(async () => {
  if (onLinux) {
    await db.close();
    disk.stop();
  }
  fs.rmSync(folder, { recursive: true });
});

/** What is found when the power has gone now and come back. */
async function afterCut<Row>(query: string): Promise<Row[]> {
  const left = path.join(folder, `left ${++cuts}`);
  disk.cutPower(left);
  const found = await createDb({ dataDir: path.join(left, "db") });
  try {
    return await found.sql.query<Row>(query);
  } finally {
    await found.close();
    fs.rmSync(left, { recursive: true });
  }
}

describe.runIf(onLinux)("the embedded database when the power fails", () => {
  it("syncs its log for each change before it is answered", async () => {
    for (let n = 0; n < 5; n++) {
      const before = disk.syncs();
      await db.sql.query("INSERT INTO answered VALUES ($1)", [n]);
      expect(disk.syncs()).toBeGreaterThan(before);
    }
    const before = disk.syncs();
    await db.sql.begin(({ query }) => query("UPDATE answered SET n = n"));
    await db.prisma.$transaction([db.prisma.$executeRaw`UPDATE answered SET n = n`]);
    expect(disk.syncs()).toBeGreaterThanOrEqual(before + 2);
  });

  it("syncs nothing for what is only read", async () => {
    const before = disk.syncs();
    await db.sql.query("SELECT * FROM answered");
    expect(disk.syncs()).toBe(before);
  });

  it("has all that was answered, new files of its log and a checkpoint included", async () => {
    const fill = (n: number) =>
      db.sql.query("INSERT INTO answered SELECT generate_series($1::int, $1::int + 49999)", [n * 50_000 + 100]);
    await fill(0);
    expect(await afterCut("SELECT count(*) AS n FROM answered")).toEqual([{ n: 50_005 }]);
    for (let n = 1; n < 6; n++) await fill(n);
    await db.sql.query("CHECKPOINT");
    await db.sql.query("CREATE TABLE later (n int)");
    await db.sql.query("INSERT INTO later VALUES (1)");
    expect(await afterCut("SELECT (SELECT count(*) FROM answered) AS n, n AS later FROM later")).toEqual([
      { n: 300_005, later: 1 },
    ]);
  });

  it("may lose what asked not to be waited for, until anything else is answered", async () => {
    const before = disk.syncs();
    await db.sql.query(
      "WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)) INSERT INTO later SELECT 2 FROM quick",
    );
    expect(disk.syncs()).toBe(before);
    await db.sql.query("INSERT INTO later VALUES (3)");
    expect(await afterCut("SELECT n FROM later ORDER BY n")).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });
});

it.runIf(onLinux)("does not call a transaction committed whose commit failed", async () => {
  await db.sql.query("CREATE TABLE parent (id int PRIMARY KEY)");
  await db.sql.query("CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
  await expect(
    db.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO child VALUES (1)`;
    }),
  ).rejects.toThrow(/child_id_fkey/);
  expect(await db.sql.query("SELECT * FROM child")).toEqual([]);
});

it.runIf(onLinux)("does not let its log grow for ever", async () => {
  const log = path.join(data, "db", "pg_wal");
  const megabytes = () =>
    fs.readdirSync(log).reduce((sum, name) => sum + fs.statSync(path.join(log, name)).size / 1_048_576, 0);
  disk.stop();
  for (let written = 0; written < 600; written += 20)
    await db.sql.query("SELECT pg_logical_emit_message(true, 'much', repeat('x', 20000000))");
  const look = async () => {
    await db.sql.query("SELECT 1");
    return megabytes();
  };
  await expect.poll(look, { timeout: 60_000, interval: 500 }).toBeLessThan(300);
});
