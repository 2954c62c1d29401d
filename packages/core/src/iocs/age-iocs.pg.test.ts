import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testContext } from "../testing";
import { ageIocs } from "./age-iocs";
import { ingestIocs } from "./ingest-iocs";
import type { FeedFacts } from "./record";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

it("ages every row once, by several nodes at once and amid ingests of the same values, without a deadlock", async () => {
  const start = Date.parse("2026-11-21T12:00:00.000Z");
  const feed: FeedFacts = { id: "alpha", name: "A", category: "threat-feed", confidence: "low", tlp: "clear" };
  const values = Array.from({ length: 3_000 }, (_, n) => ({ value: `198.51.${n >> 8}.${n & 255}` }));
  const at = (days: number) => testContext(db, { now: () => new Date(start + days * 86_400_000) });
  await ingestIocs(at(0), { feed, observations: values, pulledAt: new Date(start) });
  await db.sql.query("TRUNCATE ioc_change");

  const sweep = async () => {
    let withdrawn = 0;
    // A row that an ingest holds is passed over, so one round may end early.
    for (let round = 0; round < 60; round++) withdrawn += (await ageIocs(at(31), { batch: 200 })).withdrawn;
    return withdrawn;
  };
  const listed = values.slice(0, 1_000);
  const ingests = ["beta", "gamma"].map((id) =>
    ingestIocs(at(31), { feed: { ...feed, id }, observations: listed, pulledAt: new Date(start + 31 * 86_400_000) }),
  );
  const [swept] = await Promise.all([Promise.all([sweep(), sweep(), sweep()]), ...ingests]);
  const total = swept.reduce((sum, one) => sum + one, 0);
  const [state] = await db.sql.query<Record<string, number>>(
    `SELECT count(*) FILTER (WHERE withdrawn_at IS NOT NULL)::int AS withdrawn, max(generation)::int AS generation,
       sum(generation)::int AS returned, count(*) FILTER (WHERE sources_count = 3)::int AS corroborated FROM ioc`,
  );
  expect(state).toMatchObject({ withdrawn: 2_000, corroborated: 1_000 });
  // Whatever a sweep withdrew before an ingest came to it has returned, once.
  expect(state?.generation).toBeLessThanOrEqual(1);
  expect(total).toBe(2_000 + (state?.returned ?? 0));
});
