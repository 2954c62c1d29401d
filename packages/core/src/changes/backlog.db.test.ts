import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "../context";
import { ingestIocs } from "../iocs";
import { testContext } from "../testing";
import { readBacklog } from "./backlog";
import { sequenceChanges } from "./sequence-changes";

const feed = { id: "test", name: "Test", category: "threat-feed", confidence: "high", tlp: "clear" } as const;
let db: Db;
let ctx: Context;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());

it("counts what waits to be published and tells how long the first has waited, until nothing does", async () => {
  expect(await readBacklog(ctx)).toEqual({ changes: 0, oldestSeconds: 0 });
  const observations = ["a.evil.example", "b.evil.example", "c.evil.example"].map((value) => ({ value }));
  await ingestIocs(ctx, { feed, observations, pulledAt: ctx.now() });
  expect((await readBacklog(ctx)).changes).toBe(3);
  await db.sql.query(
    "UPDATE ioc_change SET queued_at = now() - interval '1 hour' WHERE seq = (SELECT min(seq) FROM ioc_change)",
  );
  const { oldestSeconds } = await readBacklog(ctx);
  expect(Math.floor(oldestSeconds / 3_600)).toBe(1);
  await sequenceChanges(ctx, { batch: 1 });
  const rest = await readBacklog(ctx);
  expect(rest.changes).toBe(2);
  expect(rest.oldestSeconds).toBeLessThan(oldestSeconds);
  while ((await sequenceChanges(ctx)).full);
  expect(await readBacklog(ctx)).toEqual({ changes: 0, oldestSeconds: 0 });
});

it("counts no more than an answer needs", async () => {
  await db.sql.query("INSERT INTO ioc_change (ioc_id) SELECT gen_random_uuid() FROM generate_series(1, 100500)");
  expect((await readBacklog(ctx)).changes).toBe(100_000);
  await db.sql.query("TRUNCATE ioc_change");
});
