import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { testContext } from "../testing";
import type { Observation } from "../values";
import { forgetFeeds } from "./forget-feeds";
import { ingestIocs } from "./ingest-iocs";
import type { FeedFacts } from "./record";

const at = new Date("2026-11-21T15:30:00.000Z");
const free: FeedFacts = { id: "free", name: "Free", category: "threat-feed", confidence: "medium", tlp: "clear" };
const strict: FeedFacts = { id: "strict", name: "Strict", category: "community", confidence: "high", tlp: "amber" };

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(() => db.sql.query("TRUNCATE ioc, sighting"));

const context = () => testContext(db, { now: () => at });
const ingest = (feed: FeedFacts, observations: Observation[]) =>
  ingestIocs(context(), { feed, observations, pulledAt: at });
const labels = async () => {
  const rows = await db.sql.query<{ value: string; tlp: string }>("SELECT value, tlp FROM ioc ORDER BY value");
  return Object.fromEntries(rows.map(({ value, tlp }) => [value.split(".")[0], tlp]));
};

it("a row's label raises its feed's, never lowers it, and the strictest of several rows counts", async () => {
  await ingest(free, [
    { value: "a.example" },
    { value: "b.example", tlp: "green" },
    { value: "c.example", tlp: "amber" },
  ]);
  await ingest(strict, [
    { value: "d.example", tlp: "clear" },
    { value: "e.example", tlp: "amber+strict" },
  ]);
  await ingest(free, [
    { value: "f.example", tlp: "green" },
    { value: "f.example", tlp: "amber+strict" },
    { value: "f.example" },
  ]);
  expect(await labels()).toEqual({
    ...{ a: "clear", b: "green", c: "amber" },
    ...{ d: "amber", e: "amber+strict", f: "amber+strict" },
  });
});

it("what is stored without a label gets a stricter one at the next pull, and none again changes nothing", async () => {
  await ingest(free, [{ value: "a.example" }]);
  expect(await ingest(free, [{ value: "a.example", tlp: "amber" }])).toMatchObject({ iocsChanged: 1 });
  for (const tlp of ["amber", "green", undefined] as const) {
    const again = await ingest(free, [{ value: "a.example", ...(tlp && { tlp }) }]);
    expect(again).toMatchObject({ iocsNew: 0, iocsChanged: 0, sightingsNew: 0 });
  }
  expect(await labels()).toEqual({ a: "amber" });
});

it("a row that is TLP:RED is refused, and no other", async () => {
  const { rejected } = await ingest(free, [{ value: "a.example" }, { value: "b.example", tlp: "red" }]);
  expect(rejected).toEqual([{ index: 1, problem: expect.stringContaining("TLP:RED") }]);
  expect(await labels()).toEqual({ a: "clear" });
});

it("the label of a row outlives another source, and goes with its own", async () => {
  await ingest(free, [{ value: "a.example", tlp: "amber+strict" }]);
  await ingest(strict, [{ value: "a.example" }]);
  await forgetFeeds(context(), { feedIds: ["strict"], others: [free] });
  expect(await labels()).toEqual({ a: "amber+strict" });
  await ingest(strict, [{ value: "a.example" }]);
  await forgetFeeds(context(), { feedIds: ["free"], others: [strict] });
  expect(await labels()).toEqual({ a: "amber" });
});
