import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testContext } from "../testing";
import { analyseIngested } from "./analyse-ingested";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

const fill = (rows: number) =>
  db.sql.query("INSERT INTO ioc_change (ioc_id) SELECT gen_random_uuid() FROM generate_series(1, $1::int)", [rows]);
const changed = async () => {
  const [row] = await db.sql.query<{ n: number }>(
    "SELECT n_mod_since_analyze AS n FROM pg_stat_user_tables WHERE relname = 'ioc_change'",
  );
  return row?.n ?? 0;
};
/** Connections tell the server's statistics now and then; each tells when it is asked. */
async function untilChanged(rows: number): Promise<void> {
  for (let tries = 0; tries < 600 && (await changed()) < rows; tries++) {
    await db.sql.query("SELECT pg_stat_force_next_flush()");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it("analyses what was filled, once, and leaves alone what a small pull added", async () => {
  await fill(500);
  await untilChanged(500);
  expect(await analyseIngested(testContext(db))).toEqual([]);
  await fill(25_000);
  await untilChanged(25_500);
  expect(await analyseIngested(testContext(db))).toEqual(["ioc_change"]);
  const [table] = await db.sql.query<{ n: number }>(
    "SELECT reltuples::int8 AS n FROM pg_class WHERE relname = 'ioc_change'",
  );
  expect(table?.n).toBe(25_500);
  for (let tries = 0; tries < 600 && (await changed()) > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await analyseIngested(testContext(db))).toEqual([]);
});
