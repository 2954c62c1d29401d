import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDb, type Db } from "./client";
import { replaceDataDir } from "./data-folder";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin data "));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);
const count = async ({ sql }: Db) => (await sql.query<{ n: number }>("SELECT count(*) AS n FROM kept"))[0]?.n;

it("copies a database that is written to, as it was at one moment", async () => {
  const db = await createDb({ dataDir: at("db") });
  await db.sql.query("CREATE TABLE kept (n int)");
  let [written, stopped] = [0, false];
  const writing = (async () => {
    for (; !stopped; written++) {
      // The embedded engine never waits, and nothing else would come to its turn.
      await setImmediate();
      await db.sql.begin(async ({ query }) => {
        await query("INSERT INTO kept VALUES ($1::int)", [written]);
        await query("INSERT INTO kept VALUES ($1::int)", [written]);
      });
    }
  })();
  await expect.poll(() => written).toBeGreaterThan(5);
  await db.copyFolder?.(at("copy"));
  stopped = true;
  await writing;
  const copy = await createDb({ dataDir: at("copy") });
  const found = (await count(copy)) ?? 0;
  expect(found).toBeGreaterThan(10);
  expect([found % 2, found <= written * 2]).toEqual([0, true]);
  await Promise.all([copy.close(), db.close()]);
});

it("finds the database again whose replacement was cut short", async () => {
  for (const [name, rows] of [
    ["db", 1],
    ["other", 2],
  ] as const) {
    const db = await createDb({ dataDir: at(name) });
    await db.sql.query("CREATE TABLE kept AS SELECT generate_series(1, $1::int)", [rows]);
    await db.close();
  }
  fs.renameSync(at("db"), at("db.replaced"));
  const found = await createDb({ dataDir: at("db") });
  expect(await count(found)).toBe(1);
  await found.close();
  replaceDataDir(at("db"), at("other"));
  const next = await createDb({ dataDir: at("db") });
  expect(await count(next)).toBe(2);
  await next.close();
  expect(fs.readdirSync(folder)).toEqual(["db"]);
});
