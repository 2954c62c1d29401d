import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testContext } from "../testing";
import { ageIocs } from "./age-iocs";
import { ingestIocs } from "./ingest-iocs";
import type { FeedFacts } from "./record";
import { retractRecords } from "./retract-records";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

it("withdraws nothing that another source is just listing, amid sweeps and without a deadlock", async () => {
  const now = new Date("2026-11-21T12:00:00.000Z");
  const ctx = testContext(db, { now: () => now });
  const alpha: FeedFacts = { id: "alpha", name: "A", category: "threat-feed", confidence: "low", tlp: "clear" };
  const beta = { ...alpha, id: "beta" };
  const values = Array.from({ length: 600 }, (_, n) => ({
    value: `198.51.${n >> 8}.${n & 255}`,
    record: `record ${n}`,
  }));
  await ingestIocs(ctx, { feed: alpha, observations: values, pulledAt: now });

  const batches = <Item>(items: readonly Item[]) =>
    Array.from({ length: 12 }, (_, i) => items.slice(i * 50, (i + 1) * 50));
  const records = batches(values.toReversed().map(({ record }) => record));
  const listed = values.slice(0, 400).map(({ value }) => ({ value }));
  const retracted = records.map((some) => retractRecords(ctx, { feedId: "alpha", records: some }));
  const ingested = batches(listed).map((observations) => ingestIocs(ctx, { feed: beta, observations, pulledAt: now }));
  const sweeps = Array.from({ length: 5 }, () => ageIocs(ctx, { batch: 200 }));
  const [ends] = await Promise.all([Promise.all(retracted), Promise.all(ingested), Promise.all(sweeps)]);
  expect(ends.reduce((sum, { ended }) => sum + ended, 0)).toBe(600);
  const rows = await db.sql.query<{ withdrawn: boolean; count: number }>(
    `SELECT withdrawn_at IS NOT NULL AS withdrawn, count(*)::int AS count FROM ioc
     GROUP BY 1 ORDER BY 1`,
  );
  expect(rows).toEqual([
    { withdrawn: false, count: 400 },
    { withdrawn: true, count: 200 },
  ]);
  const [left] = await db.sql.query(
    "SELECT FROM ioc WHERE withdrawn_at IS NULL AND (valid_until IS NULL OR valid_until <= $1)",
    [now.toISOString()],
  );
  expect(left).toBeUndefined();
});

it("waits for a source whose listing is not committed yet, and sees it", async () => {
  const now = new Date("2026-11-22T12:00:00.000Z");
  const ctx = testContext(db, { now: () => now });
  const alpha: FeedFacts = { id: "alpha", name: "A", category: "threat-feed", confidence: "low", tlp: "clear" };
  const value = "203.0.113.9";
  await ingestIocs(ctx, { feed: alpha, observations: [{ value, record: "one" }], pulledAt: now });

  const retracted = await db.sql.begin(async (tx) => {
    const beta = { ...ctx, sql: { ...ctx.sql, query: tx.query } };
    await ingestIocs(beta, { feed: { ...alpha, id: "beta" }, observations: [{ value }], pulledAt: now });
    const pending = retractRecords(ctx, { feedId: "alpha", records: ["one"] });
    for (let waits = false; !waits; ) {
      const locks = await db.sql.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      waits = locks.length > 0;
    }
    return { pending };
  });
  expect(await retracted.pending).toEqual({ ended: 1, withdrawn: 0 });
  const [row] = await db.sql.query("SELECT withdrawn_at FROM ioc WHERE value = $1", [value]);
  expect(row).toEqual({ withdrawn_at: null });
});
