import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testContext } from "../testing";
import type { Observation } from "../values";
import { ageIocs } from "./age-iocs";
import { ingestIocs } from "./ingest-iocs";
import { purgeIocs } from "./purge-iocs";
import type { FeedFacts } from "./record";
import { retractRecords } from "./retract-records";

const start = Date.parse("2026-11-21T12:00:00.000Z");
const day = 86_400_000;
const alpha: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" };
const beta: FeedFacts = { ...alpha, id: "beta", name: "Beta", lifetimeDays: { ipv4: 7 } };

let db: Db;
let clock = start;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  clock = start;
  await db.sql.query("TRUNCATE ioc, sighting, sighting_record, ioc_change, publication, feed CASCADE");
});

const ctx = () => testContext(db, { now: () => new Date(clock) });
const ingest = (feed: FeedFacts, ...observations: Observation[]) =>
  ingestIocs(ctx(), { feed, observations, pulledAt: new Date(clock) });
const retract = (feedId: string, ...records: string[]) => retractRecords(ctx(), { feedId, records });
const rows = () => db.sql.query<Record<string, unknown>>("SELECT * FROM ioc ORDER BY value");
const row = async () => (await rows())[0];
const queued = async () => (await db.sql.query("DELETE FROM ioc_change RETURNING seq")).length;
const everything = async () => [
  await rows(),
  await db.sql.query("SELECT * FROM sighting ORDER BY ioc_id, feed_id"),
  await db.sql.query("SELECT * FROM ioc_change"),
];
const pass = (days: number) => {
  clock += days * day;
};
const ip = (record?: string): Observation => ({ value: "198.51.100.7", ...(record && { record }) });

describe("a record that is revoked", () => {
  it("withdraws at once what no other source stands for: half of the risk, a new version, queued once", async () => {
    await ingest(alpha, ip("indicator--1"));
    const [{ risk_score: before } = {}] = await rows();
    await queued();
    pass(1);
    expect(await retract("alpha", "indicator--1")).toEqual({ ended: 1, withdrawn: 1 });
    const now = new Date(clock);
    const half = Math.floor(Number(before) / 2);
    expect(await row()).toMatchObject({ withdrawn_at: now, valid_until: now, updated_at: now, stale_at: null });
    expect((await row())?.risk_score).toBe(half);
    expect(await queued()).toBe(1);
    expect(await ageIocs(ctx())).toMatchObject({ due: 0 });
  });

  it("ends once: the second time nothing changes", async () => {
    await ingest(alpha, ip("indicator--1"));
    await retract("alpha", "indicator--1");
    const before = await everything();
    pass(1);
    expect(await retract("alpha", "indicator--1")).toEqual({ ended: 0, withdrawn: 0 });
    expect(await everything()).toEqual(before);
  });

  it("ends nothing where the feed never listed it, or another feed did", async () => {
    await ingest(alpha, ip("indicator--1"));
    await ingest(beta, ip());
    const before = await everything();
    expect(await retract("beta", "indicator--1", "indicator--2")).toEqual({ ended: 0, withdrawn: 0 });
    expect(await everything()).toEqual(before);
  });

  it("ends nothing while another record of the feed says the same, in whatever order they go", async () => {
    await ingest(alpha, ip("indicator--1"), ip("indicator--2"));
    pass(1);
    await ingest(alpha, ip("indicator--3"));
    expect(await retract("alpha", "indicator--2")).toEqual({ ended: 0, withdrawn: 0 });
    expect(await retract("alpha", "indicator--3", "indicator--1")).toEqual({ ended: 1, withdrawn: 1 });
  });

  it("ends each of the values that it named", async () => {
    await ingest(
      alpha,
      { value: "a.example", record: "x" },
      { value: "b.example", record: "x" },
      { value: "c.example" },
    );
    expect(await retract("alpha", "x")).toEqual({ ended: 2, withdrawn: 2 });
    expect((await rows()).map(({ withdrawn_at }) => withdrawn_at !== null)).toEqual([true, true, false]);
  });

  it("comes back under a new id when the feed lists it again", async () => {
    await ingest(alpha, ip("indicator--1"));
    await retract("alpha", "indicator--1");
    pass(1);
    await ingest(alpha, ip("indicator--2"));
    expect(await row()).toMatchObject({ withdrawn_at: null, generation: 1 });
  });

  it("also ends what has no end of its own", async () => {
    await ingest(alpha, { value: "CVE-2026-12345", record: "x" });
    expect(await retract("alpha", "x")).toEqual({ ended: 1, withdrawn: 1 });
    await ingest(alpha, { value: "CVE-2026-12345", record: "x" });
    expect(await row()).toMatchObject({ withdrawn_at: null, valid_until: null, generation: 1 });
  });
});

describe("with other sources", () => {
  it("the value stays until the last of them ends", async () => {
    await ingest(alpha, ip("indicator--1"));
    await ingest(beta, ip());
    await queued();
    pass(1);
    expect(await retract("alpha", "indicator--1")).toEqual({ ended: 1, withdrawn: 0 });
    expect(await row()).toMatchObject({ withdrawn_at: null, valid_until: new Date(start + 7 * day) });
    expect((await row())?.updated_at).toEqual(new Date(clock));
    expect(await queued()).toBe(1);
    pass(6.5);
    await ageIocs(ctx());
    expect(await row()).toMatchObject({ withdrawn_at: new Date(clock) });
  });

  it("one that stands as long leaves the IOC as it was", async () => {
    await ingest(alpha, ip("indicator--1"));
    await ingest({ ...alpha, id: "gamma" }, ip());
    const before = await rows();
    pass(1);
    expect(await retract("alpha", "indicator--1")).toEqual({ ended: 1, withdrawn: 0 });
    expect(await rows()).toEqual(before);
  });

  it("one whose time is over is waited for while it cannot be asked", async () => {
    await db.prisma.feed.create({ data: { id: "beta", name: "Beta", category: "threat-feed" } });
    await ingest(beta, ip());
    await ingest(alpha, ip("indicator--1"));
    pass(8);
    expect(await retract("alpha", "indicator--1")).toEqual({ ended: 1, withdrawn: 0 });
    await ageIocs(ctx());
    expect((await row())?.withdrawn_at).toBeNull();
    await db.prisma.feed.update({ where: { id: "beta" }, data: { lastSuccessAt: new Date(clock) } });
    pass(1.1);
    await ageIocs(ctx());
    expect((await row())?.withdrawn_at).toEqual(new Date(clock));
  });
});

it("what is remembered of records goes with the IOC", async () => {
  await ingest(alpha, ip("indicator--1"));
  await ingest(beta, ip("indicator--9"));
  await retract("alpha", "indicator--1");
  await retract("beta", "indicator--9");
  await ingest(alpha, { value: "b.example", record: "y" });
  pass(400);
  expect(await purgeIocs(ctx(), { days: 365 })).toMatchObject({ purged: 1 });
  expect(await db.sql.query("SELECT feed_id FROM sighting_record")).toEqual([{ feed_id: "alpha" }]);
});
